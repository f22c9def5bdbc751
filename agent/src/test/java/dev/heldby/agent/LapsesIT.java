// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.example.watched.Lapses;
import dev.heldby.agent.Watched.Launch;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses of Netty's buffers through variables whose references were given back. */
class LapsesIT {

    private static Watched run(int jdk, String netty, String options, String... arguments) throws Exception {
        List<Path> libraries = netty.equals("4.1") ? Libraries.copied("netty-4.1") : Libraries.netty();
        return Launch.onJdk(jdk)
                .jvm("-Xverify:all")
                .classPath(libraries)
                .options("level=full," + options)
                .run(Lapses.class, arguments);
    }

    private static String placeOfUse(Observation lapse) {
        List<Event> events = lapse.example().events();
        return events.get(events.size() - 1).stack().stream()
                .filter(frame -> frame.getClassName().equals(Lapses.class.getName()))
                .findFirst()
                .orElseThrow()
                .getMethodName();
    }

    private static Map<String, Long> uses(List<Observation> lapses) {
        return lapses.stream()
                .collect(Collectors.groupingBy(
                        lapse -> placeOfUse(lapse) + " " + lapse.state(), Collectors.summingLong(Observation::count)));
    }

    @ParameterizedTest
    @CsvSource({"17, 4.1", "17, 4.2", "25, 4.1", "25, 4.2"})
    void should_observe_each_late_use_when_the_shelf_holds_the_parcels(int jdk, String netty) throws Exception {
        Watched watched = run(jdk, netty, "lapsed=on", "late");

        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(uses(watched.findings()))
                .containsOnly(
                        entry("send LAPSED_VARIABLE", 20L),
                        entry("pass LAPSED_PARAMETER", 20L),
                        entry("hand LAPSED_PARAMETER", 20L));
        assertThat(watched.snapshot().coverage().troubles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"17, 4.1", "25, 4.2"})
    void should_observe_nothing_when_each_use_comes_in_time(int jdk, String netty) throws Exception {
        Watched watched = run(jdk, netty, "lapsed=on", "timely");

        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.findings()).isEmpty();
    }

    @Test
    void should_observe_nothing_unless_it_is_asked_for() throws Exception {
        assertThat(run(17, "4.2", "lapsed=off", "late").findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"17", "25"})
    void should_observe_them_also_when_their_class_is_woven_anew_meanwhile(int jdk) throws Exception {
        Watched watched = run(jdk, "4.2", "lapsed=on,exceptions=on", "late", "lossy");

        assertThat(watched.exitCode()).as(watched.err()).isZero();
        assertThat(watched.snapshot().coverage().troubles()).isEmpty();
        assertThat(uses(watched.findings().stream()
                        .filter(finding -> finding.state() != State.UNREACHABLE)
                        .toList()))
                .containsOnly(
                        entry("send LAPSED_VARIABLE", 40L),
                        entry("pass LAPSED_PARAMETER", 20L),
                        entry("hand LAPSED_PARAMETER", 20L));
    }
}
