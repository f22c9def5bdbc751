// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.eval.plant.targets.Lapsed;
import dev.heldby.eval.plant.targets.Lease;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class RefusalWeaverTest {
    @Test
    void should_count_a_release_that_throws_once_however_many_methods_it_passes() throws Exception {
        Object lease = woven().getConstructor().newInstance();
        Method release = lease.getClass().getMethod("release");
        release.invoke(lease);
        long before = refused();

        assertThatThrownBy(() -> release.invoke(lease)).hasCauseInstanceOf(Lapsed.class);

        assertThat(refused()).isEqualTo(before + 1);
    }

    private static long refused() {
        return Long.parseLong(Refusals.lines().get(0).split("\t")[1]);
    }

    private static Class<?> woven() throws Exception {
        try (InputStream in = Lease.class.getResourceAsStream("Lease.class")) {
            byte[] classFile = new CensusWeaver(Planting.CALLS, false)
                    .weave(Lease.class.getName().replace('.', '/'), in.readAllBytes());
            return new ClassLoader(Lease.class.getClassLoader()) {
                Class<?> define() {
                    return defineClass(Lease.class.getName(), classFile, 0, classFile.length);
                }
            }.define();
        }
    }
}
