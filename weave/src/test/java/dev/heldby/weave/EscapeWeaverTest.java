// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public class EscapeWeaverTest {
    public static final List<String> LOG = new ArrayList<>();
    public static int births;

    /** The gate of this test. */
    public static int births(int since) {
        return births - since;
    }

    /** The gate of this test. */
    public static void left(Throwable thrown, int birthsBefore, String method) {
        LOG.add(method.replaceAll(".*[$]", "") + ": " + thrown.getMessage() + " after " + birthsBefore);
    }

    /** What is woven. */
    public interface Work {
        long work(int number, long wide, double wider);
    }

    /** Variables of all sizes that come and go, branches, and handlers of its own. */
    public static class Maker implements Work {
        private final int field;

        public Maker() {
            field = 7;
        }

        @Override
        public long work(int number, long wide, double wider) {
            long sum = wide;
            for (int i = 0; i < number; i++) {
                double half = wider / 2;
                Object boxed = i % 2 == 0 ? (Object) half : Integer.valueOf(i);
                sum += boxed instanceof Integer odd ? odd : field;
            }
            try {
                births++;
                sum += inner(number);
            } catch (ArithmeticException e) {
                LOG.add("caught " + e.getMessage());
            } finally {
                sum++;
            }
            return switch (number) {
                case 2 -> sum;
                case 3 -> throw new IllegalStateException("three");
                default -> fails(sum);
            };
        }

        private static synchronized int inner(int number) {
            return 6 / (number - 2);
        }

        private static long fails(long number) {
            throw new IllegalArgumentException("number " + number);
        }
    }

    @BeforeEach
    void forget() {
        LOG.clear();
        births = 40;
    }

    private static Work woven(String... methods) throws Exception {
        byte[] bytes =
                EscapeWeaver.weave(Weaving.bytes(Maker.class), Set.of(methods), "dev/heldby/weave/EscapeWeaverTest");
        assertThat(Weaving.complaints(bytes, Maker.class.getClassLoader())).isEmpty();
        ClassLoader loader = new ClassLoader(Maker.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                return name.equals(Maker.class.getName())
                        ? defineClass(name, bytes, 0, bytes.length)
                        : super.loadClass(name, resolve);
            }
        };
        return (Work)
                loader.loadClass(Maker.class.getName()).getDeclaredConstructor().newInstance();
    }

    @Test
    void should_report_what_leaves_a_method_with_the_births_before_it() throws Exception {
        Work work = woven("work", "fails", "<init>");

        assertThatThrownBy(() -> work.work(3, 1, 2)).hasMessage("three");
        assertThatThrownBy(() -> work.work(4, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThat(LOG)
                .containsExactly(
                        "Maker.work: three after 40",
                        "Maker.fails: number 23 after 42",
                        "Maker.work: number 23 after 41");
    }

    @Test
    void should_report_only_what_a_handler_of_the_method_lets_pass() throws Exception {
        Work work = woven("work", "inner");

        assertThat(work.work(2, 1, 2)).isEqualTo(1 + 7 + 1 + 1);
        assertThat(LOG).containsExactly("Maker.inner: / by zero after 41", "caught / by zero");
    }

    @Test
    void should_leave_alone_what_is_not_named() throws Exception {
        Work work = woven("other");

        assertThatThrownBy(() -> work.work(3, 1, 2)).hasMessage("three");
        assertThat(LOG).isEmpty();
    }
}
