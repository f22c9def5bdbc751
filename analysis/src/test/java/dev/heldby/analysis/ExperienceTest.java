// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.FinalPut;
import dev.heldby.snapshot.Observation.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What several runs teach together. */
class ExperienceTest {
    private static final String BIRTH = "io.netty.buffer.Unpooled.buffer app.Pool.take:3 app.Main.main:5";

    private static Healthy life(String birth, String end, long number) {
        return new Life().born(birth).put(end).healthy(number);
    }

    @Test
    void should_add_up_the_lives_of_one_birth() {
        List<Healthy> together = Experience.together(
                List.of(life(BIRTH, "app.Main.done:7", 10), life("app.Other.make:1", "app.Other.end:2", 1)),
                List.of(life(BIRTH, "app.Main.done:7", 5), life(BIRTH, "app.Main.fail:9", 2)));

        assertThat(together).hasSize(2);
        assertThat(together.get(0).count()).isEqualTo(17);
        assertThat(together.get(0).finalPuts())
                .containsExactly(
                        new FinalPut(Life.stack("app.Main.done:7"), 15),
                        new FinalPut(Life.stack("app.Main.fail:9"), 2));
        assertThat(together.get(0).examples())
                .extracting(Healthy.Example::count)
                .containsExactly(15L, 2L);
    }

    @Test
    void should_stay_bounded_when_many_runs_are_added() {
        List<Healthy> all = List.of();
        for (int run = 0; run < 100; run++) {
            all = Experience.together(all, List.of(life(BIRTH, "app.Main.end:" + run, 1 + run)));
        }

        assertThat(all.get(0).count()).isEqualTo(5050);
        assertThat(all.get(0).finalPuts()).hasSize(64);
        assertThat(all.get(0).finalPuts().get(0).stack()).isEqualTo(Life.stack("app.Main.end:99"));
        assertThat(all.get(0).examples()).hasSize(64);
    }

    @Test
    void should_let_an_earlier_run_say_where_a_reference_is_given_back() {
        List<Healthy> earlier = List.of(life(BIRTH, "app.Main.done:7", 998), life(BIRTH, "app.Main.fail:9", 2));
        Healthy all = Experience.together(earlier, List.of()).get(0);

        Finding finding = Life.finding(new Life().born(BIRTH).seen(State.UNREACHABLE, "B", 100), all);

        assertThat(finding.expected().get(0).site().brief()).isEqualTo("Main.done (Main.java:7)");
        assertThat(finding.expected().get(0).support()).isEqualTo(998);
        assertThat(finding.expected().get(0).confidence()).isBetween(0.9, 0.91);
    }
}
