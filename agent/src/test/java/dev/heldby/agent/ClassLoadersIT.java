// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.watched.Loaders;
import com.example.watched.ShadedLeak;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Observation.State;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Counted types in class loaders that do not ask their parent, and under another name. */
class ClassLoadersIT {
    static final List<Integer> JDKS = Jdk.PROMISED;

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_the_leak_when_a_parent_last_loader_has_its_own_netty_and_recorder(int jdk) throws Exception {
        Watched watched = run(jdk, "parentLast", Path.of("..", "core", "target", "classes"));

        assertThat(watched.out()).contains("buffers of container", "recorder of container");
        assertOneLeak(watched, "io.netty.buffer.UnpooledByteBufAllocator");
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_the_leak_when_a_loader_hands_on_nothing_but_the_jdk(int jdk) throws Exception {
        Watched watched = run(jdk, "onlyJava");

        assertThat(watched.out()).contains("buffers of bundle", "no recorder");
        assertOneLeak(watched, "io.netty.buffer.UnpooledByteBufAllocator");
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_find_the_leak_when_netty_is_relocated_into_grpc(int jdk) throws Exception {
        Watched watched =
                Launch.onJdk(jdk).classPath(Libraries.copied("shaded")).run(ShadedLeak.class);

        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertOneLeak(watched, "io.grpc.netty.shaded.io.netty.buffer.Unpooled");
    }

    private static void assertOneLeak(Watched watched, String typePrefix) {
        assertThat(watched.err()).isEmpty();
        assertThat(watched.snapshot().coverage().troubles()).isEmpty();
        assertThat(watched.findings()).hasSize(1);
        assertThat(watched.findings().get(0).type()).startsWith(typePrefix);
        assertThat(watched.findings().get(0).state()).isEqualTo(State.UNREACHABLE);
        assertThat(watched.findings().get(0).bytes()).isEqualTo(64);
        assertThat(watched.findings().get(0).count()).isEqualTo(1);
    }

    private static Watched run(int jdk, String loader, Path... more) throws Exception {
        List<Path> path = new ArrayList<>(Libraries.netty());
        path.add(Path.of("target", "test-classes"));
        path.addAll(List.of(more));
        String loaderPath = path.stream()
                .map(Path::toAbsolutePath)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Watched watched = Launch.onJdk(jdk).run(Loaders.class, loader, loaderPath);
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        return watched;
    }
}
