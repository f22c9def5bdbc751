// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.watched.Opened;
import com.example.watched.Opened.Kind;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Everything that the JDK wants closed, on the oldest and the newest JDK. */
class JdkRulesIT {
    static final List<Integer> JDKS = Jdk.PROMISED;

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_report_each_kind_once_when_dropped(int jdk) throws Exception {
        assertEachReportedOnce(jdk, "drop", State.UNREACHABLE);
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_report_each_kind_once_when_kept_to_the_end(int jdk) throws Exception {
        assertEachReportedOnce(jdk, "keep", State.HELD_AT_EXIT);
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_report_nothing_when_closed(int jdk) throws Exception {
        assertThat(run(jdk, "close").findings()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("JDKS")
    void should_report_nothing_when_closed_twice(int jdk) throws Exception {
        assertThat(run(jdk, "closeTwice").findings()).isEmpty();
    }

    private static void assertEachReportedOnce(int jdk, String how, State state) throws Exception {
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> kind.type != null && jdk >= kind.since)
                .toList();
        List<Observation> findings = run(jdk, how).findings();
        for (Kind kind : kinds) {
            List<Observation> ofKind = findings.stream()
                    .filter(finding -> Watched.bornIn(finding, Opened.class, kind.method()))
                    .toList();
            assertThat(ofKind).as("%s", kind).hasSize(1);
            Observation one = ofKind.get(0);
            assertThat(one.type()).as("%s", kind).isEqualTo(kind.type);
            assertThat(one.state()).as("%s", kind).isEqualTo(state);
            assertThat(one.count()).as("%s", kind).isEqualTo(1);
            assertThat(one.rule()).isEqualTo("jdk");
        }
        assertThat(findings).hasSameSizeAs(kinds);
    }

    private static Watched run(int jdk, String how) throws Exception {
        Watched watched = Launch.onJdk(jdk).run(Opened.class, how);
        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.err()).isEmpty();
        assertThat(watched.snapshot().coverage().troubles()).isEmpty();
        return watched;
    }
}
