// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class AnalysisTest {
    private final Random random = new Random(7);

    private String frames() {
        List<String> frames = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String type = random.nextBoolean() ? "app.C" + random.nextInt(3) : "io.netty.buffer.B";
            frames.add(type + ".m" + random.nextInt(3) + ":" + random.nextInt(3));
        }
        return String.join(" ", frames);
    }

    private Life life(int events) {
        Life life = new Life();
        for (int i = 0; i < events; i++) {
            life.event(Op.values()[random.nextInt(Op.values().length)], random.nextInt(4), frames());
        }
        return life;
    }

    @Test
    void should_show_a_composite_before_the_parts_that_go_with_it() {
        Life part = new Life().born("io.netty.buffer.Pool.take app.Loop.read:2 app.W.main:4");
        Life whole = new Life().born("io.netty.buffer.Pool.compose app.Decoder.join:7 app.W.main:5");
        String release = "io.netty.buffer.B.release ";
        Healthy parts = new Life()
                .born("io.netty.buffer.Pool.take app.Loop.read:2 app.W.main:4")
                .put(release + "io.netty.buffer.Composite.free " + release + "app.Handler.done:9 app.W.main:6")
                .healthy(40);
        Healthy wholes = new Life()
                .born("io.netty.buffer.Pool.compose app.Decoder.join:7 app.W.main:5")
                .put(release + "app.Handler.done:9 app.W.main:6")
                .healthy(40);

        assertThat(Life.findings(
                        List.of(
                                part.seen(Observation.State.UNREACHABLE, Life.BUF, 12),
                                whole.seen(Observation.State.UNREACHABLE, Life.BUF, 10)),
                        parts,
                        wholes))
                .extracting(finding -> finding.suspect().site().method())
                .containsExactly("join", "read");
    }

    @Test
    void should_show_the_surplus_put_before_the_uses_that_it_spoils() {
        String birth = "io.netty.buffer.Pool.take app.Owner.open:2 app.W.main:4";
        Life twice = new Life().born(birth).put("app.A.close:9 app.W.main:5").put("app.A.close:9 app.W.main:5");
        Life used = new Life()
                .born("io.netty.buffer.Pool.take app.Other.open:2 app.W.main:4")
                .put("app.B.close:9 app.W.main:5")
                .use("app.B.read:20 app.W.main:6");

        assertThat(Life.findings(List.of(
                        used.seen(Observation.State.LAPSED_USE, Life.BUF, 100),
                        twice.seen(Observation.State.SURPLUS_PUT, Life.BUF, 1))))
                .extracting(Finding::kind)
                .containsExactly(Finding.Kind.SURPLUS_RELEASE, Finding.Kind.USE_AFTER_RELEASE);
    }

    @Test
    void should_give_honest_findings_when_histories_make_no_sense() {
        for (int run = 0; run < 300; run++) {
            List<Observation> observations = new ArrayList<>();
            for (Observation.State state : Observation.State.values()) {
                Life life = life(random.nextInt(12));
                observations.add(Life.seen(state, Life.BUF, 1, life.history(random.nextInt(2))));
            }
            Healthy healthy = life(1 + random.nextInt(6)).healthy(5);
            assertThat(Life.findings(observations, healthy)).allSatisfy(finding -> {
                assertThat(finding.summary()).endsWith(".");
                assertThat(finding.count()).isPositive();
                if (finding.suspect() != null) {
                    assertThat(finding.suspect().confidence()).isBetween(0.0, 1.0);
                    assertThat(finding.suspect().stack())
                            .contains(finding.suspect().site());
                }
            });
        }
    }

    @Test
    void should_give_the_same_findings_when_analyzed_again() {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            observations.add(life(10).seen(Observation.State.UNREACHABLE));
        }
        assertThat(Life.findings(observations)).isEqualTo(Life.findings(observations));
    }

    @Test
    void should_stay_quick_when_a_history_is_as_long_as_it_can_be() {
        Life life = new Life().born("app.S.run:1");
        for (int i = 0; i < 31; i++) {
            life.get("app.A.take:" + i + " app.S.run:" + i).put("app.A.give:" + i + " app.S.run:" + i);
        }
        List<Observation> one = List.of(life.seen(Observation.State.UNREACHABLE));
        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(Life.findings(one)).hasSize(1));
    }
}
