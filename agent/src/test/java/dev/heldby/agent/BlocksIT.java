// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.watched.OffHeap;
import dev.heldby.agent.Watched.Launch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every way to off-heap memory leads through the door. */
class BlocksIT {
    static final java.util.List<Integer> JDKS = Jdk.PROMISED;

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_report_each_block_with_its_size_until_it_is_freed(int jdk) throws Exception {
        Watched watched = run(jdk, "each");
        System.err.println(watched.out());
    }

    private static Watched run(int jdk, String how) throws Exception {
        Launch launch = Launch.onJdk(jdk)
                .options("level=off,level.memory=trace")
                .classPath(Libraries.netty())
                .jvm("-Dio.netty.tryReflectionSetAccessible=true", "--add-opens=java.base/java.nio=ALL-UNNAMED");
        Watched watched = launch.run(OffHeap.class, how);
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        return watched;
    }
}
