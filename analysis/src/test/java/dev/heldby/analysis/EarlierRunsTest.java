// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import dev.heldby.snapshot.Snapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a finding says of earlier runs. */
class EarlierRunsTest {
    private static final String BIRTH = "io.netty.buffer.Unpooled.buffer app.Pool.take:3 app.Main.main:5";

    private static Healthy life(String end, long number) {
        return new Life().born(BIRTH).put(end).healthy(number);
    }

    private static String summary(Observation observation, List<Healthy> earlier, Healthy... now) {
        Findings findings = Analysis.analyze(
                new Snapshot(
                        "0.1.0",
                        "run",
                        new Snapshot.Jvm(1, "17", "app.Main", Life.NOW),
                        Life.NOW,
                        new Coverage(100, 1, 100, 0, List.of()),
                        List.of(Life.RULE),
                        List.of(observation),
                        List.of(now),
                        List.of()),
                earlier);
        assertThat(findings.findings()).hasSize(1);
        return findings.findings().get(0).summary();
    }

    private static Observation lost() {
        return new Life().born(BIRTH).seen(State.UNREACHABLE, "B", 100);
    }

    @Test
    void should_say_in_how_many_of_earlier_lives_it_was_given_back_there() {
        assertThat(summary(lost(), List.of(life("app.Main.done:7", 9981), life("app.Main.fail:9", 19))))
                .isEqualTo("The reference to a B that Pool.take (Pool.java:3) takes by making it is never given back;"
                        + " where all goes well it is given back at Main.fail (Main.java:9);"
                        + " in earlier runs 99.8 % of 10,000 such objects were given back at Main.done"
                        + " (Main.java:7).");
    }

    @Test
    void should_not_call_nearly_all_all() {
        assertThat(summary(lost(), List.of(life("app.Main.done:7", 99_999), life("app.Main.fail:9", 1))))
                .endsWith("; in earlier runs 99.9 % of 100,000 such objects were given back there.");
        assertThat(summary(lost(), List.of(life("app.Main.done:7", 1_000))))
                .endsWith("; in earlier runs all 1,000 such objects were given back there.");
        assertThat(summary(lost(), List.of(life("app.Main.done:7", 1))))
                .endsWith("; in earlier runs the only such object was given back there.");
    }

    @Test
    void should_count_only_the_lives_in_which_the_holder_in_question_took_one() {
        String cache = "app.Cache.keep:8 app.Main.main:6";
        Observation kept =
                new Life().born(BIRTH).get(cache).put("app.Main.done:7").seen(State.UNREACHABLE, "B", 1);
        Healthy cached = new Life()
                .born(BIRTH)
                .get(cache)
                .put("app.Main.done:7")
                .put("app.Cache.evict:9")
                .healthy(10);

        assertThat(summary(kept, List.of(cached, life("app.Main.done:7", 5000))))
                .endsWith("; where all goes well it is given back at Cache.evict (Cache.java:9);"
                        + " in earlier runs all 10 such objects were given back there.");
    }

    @Test
    void should_say_nothing_of_earlier_runs_when_only_this_one_shows_the_place() {
        assertThat(summary(
                        lost(),
                        List.of(new Life().born("app.X.y:1").put("app.X.z:2").healthy(3)),
                        life("app.Main.done:7", 500)))
                .endsWith("; where all goes well it is given back at Main.done (Main.java:7).");
    }
}
