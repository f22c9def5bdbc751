// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.watched.Buffers;
import com.example.watched.Buffers.Kind;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of counted object of both Nettys, with Netty's own detector off and at its most eager. */
class NettyRulesIT {

    @ParameterizedTest
    @CsvSource({"17, 4.1, disabled", "17, 4.1, paranoid", "17, 4.2, disabled", "25, 4.2, paranoid"})
    void should_count_each_life_once_when_dropped(int jdk, String netty, String detector) throws Exception {
        assertEachCountedOnce(run(jdk, netty, detector, "drop"), State.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({"17, 4.1, disabled", "25, 4.2, disabled"})
    void should_count_each_life_once_when_kept_to_the_end(int jdk, String netty, String detector) throws Exception {
        assertEachCountedOnce(run(jdk, netty, detector, "keep"), State.HELD_AT_EXIT);
    }

    @ParameterizedTest
    @CsvSource({"17, 4.1, disabled", "17, 4.1, paranoid", "17, 4.2, paranoid", "25, 4.2, disabled"})
    void should_find_nothing_when_all_is_released(int jdk, String netty, String detector) throws Exception {
        Watched watched = run(jdk, netty, detector, "release");

        assertThat(watched.findings()).isEmpty();
        assertThat(watched.snapshot().coverage().lifecycles()).isBetween(3000L, 3100L);
    }

    private static void assertEachCountedOnce(Watched watched, State state) {
        SoftAssertions softly = new SoftAssertions();
        List<Observation> findings = watched.findings();
        for (Kind kind : Kind.values()) {
            List<Observation> ofKind = findings.stream()
                    .filter(finding -> Watched.bornIn(finding, Buffers.class, kind.method()))
                    .toList();
            softly.assertThat(ofKind.stream().mapToLong(Observation::count).sum())
                    .as("lives of %s", kind)
                    .isEqualTo(kind.lives);
            softly.assertThat(ofKind.stream().mapToLong(Observation::bytes).sum())
                    .as("bytes of %s", kind)
                    .isEqualTo(kind.bytes);
            softly.assertThat(ofKind).as("%s", kind).allMatch(finding -> finding.state() == state);
        }
        softly.assertThat(findings.stream().mapToLong(Observation::count).sum())
                .as("lives of all")
                .isEqualTo(Arrays.stream(Kind.values())
                        .mapToLong(kind -> kind.lives)
                        .sum());
        softly.assertAll();
    }

    private static Watched run(int jdk, String netty, String detector, String how) throws Exception {
        List<Path> jars = netty.equals("4.1") ? Libraries.copied("netty-4.1") : Libraries.netty();
        Watched watched = Launch.onJdk(jdk)
                .classPath(jars)
                .jvm("-XX:MaxDirectMemorySize=96m", "-Dio.netty.leakDetection.level=" + detector)
                .run(Buffers.class, how);
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.snapshot().coverage().troubles()).isEmpty();
        return watched;
    }
}
