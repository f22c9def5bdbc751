// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

public class CallSitesTest {
    private static final List<Integer> SITES = new ArrayList<>();

    /** The gate of this test: what the thread carries, and at which moments. */
    public static void at(int site) {
        SITES.add(site);
    }

    /** What is called; notes -1 so that the calls can be seen among the sites. */
    public static class Counted {
        public Counted retain() {
            SITES.add(-1);
            return this;
        }

        public boolean release(int references) {
            SITES.add(-1);
            return references > 1;
        }

        public void other() {
            SITES.add(-1);
        }
    }

    /** The program that calls it: twice at one site, once at another, and something else. */
    public static class Caller implements Runnable {
        @Override
        public void run() {
            Counted counted = new Counted();
            for (int i = 0; i < 2; i++) {
                counted.retain();
            }
            counted.other();
            long wide = counted.release(1) ? 1L : 2L;
            assertThat(wide).isEqualTo(2);
        }
    }

    @BeforeEach
    void forget() {
        SITES.clear();
    }

    private static Runnable woven(Class<? extends Runnable> type) throws Exception {
        ClassReader reader =
                new ClassReader(type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")
                        .readAllBytes());
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new CallSites(writer, CallSitesTest.class.getName().replace('.', '/'), Set.of("retain", "release")), 0);
        byte[] bytes = writer.toByteArray();
        ClassLoader loader = new ClassLoader(type.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                return name.equals(type.getName())
                        ? defineClass(name, bytes, 0, bytes.length)
                        : super.loadClass(name, resolve);
            }
        };
        return (Runnable)
                loader.loadClass(type.getName()).getDeclaredConstructor().newInstance();
    }

    @Test
    void should_carry_the_same_number_at_one_site_and_another_at_the_next() throws Exception {
        woven(Caller.class).run();

        int first = SITES.get(0);
        int second = SITES.get(7);
        assertThat(SITES).containsExactly(first, -1, 0, first, -1, 0, -1, second, -1, 0);
        assertThat(first).isPositive().isNotEqualTo(second);
        assertThat(second).isPositive();
    }
}
