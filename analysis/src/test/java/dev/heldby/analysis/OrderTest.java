// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final String RELEASE = "io.netty.buffer.B.release ";
    private static final String END = RELEASE + "app.Handler.end:5";

    private static List<Finding.Kind> kinds(long surplus, long missing) {
        Observation refused = new Life()
                .born("io.netty.buffer.Pool.take app.A.make:1")
                .put(RELEASE + "app.A.end:2")
                .put(RELEASE + "app.A.end:2")
                .seen(State.SURPLUS_PUT, "Buf", surplus);
        Observation left =
                new Life().born("io.netty.buffer.Pool.take app.B.make:1").seen(State.UNREACHABLE, "Buf", missing);
        return Life.findings(List.of(refused, left)).stream().map(Finding::kind).toList();
    }

    @Test
    void should_put_refusals_before_the_releases_that_their_exceptions_may_have_skipped() {
        assertThat(kinds(9, 1)).containsExactly(Finding.Kind.SURPLUS_RELEASE, Finding.Kind.MISSING_RELEASE);
        assertThat(kinds(9, 18)).containsExactly(Finding.Kind.SURPLUS_RELEASE, Finding.Kind.MISSING_RELEASE);
    }

    @Test
    void should_put_more_missing_releases_than_refusals_explain_first() {
        assertThat(kinds(9, 1000)).containsExactly(Finding.Kind.MISSING_RELEASE, Finding.Kind.SURPLUS_RELEASE);
    }

    private static List<String> guilty(long likely, long sure) {
        Observation shared = new Life()
                .born("io.netty.buffer.Pool.take app.Owner.open:2 app.W.main:4")
                .get("io.netty.buffer.B.retain app.Holder.take:3 app.W.main:5")
                .put(RELEASE + "app.Other.touch:8 app.W.main:6")
                .put(RELEASE + "app.Owner.close:9 app.W.main:7")
                .put(RELEASE + "app.Holder.give:4 app.W.main:8")
                .seen(State.SURPLUS_PUT, "Buf", likely);
        Observation alone = new Life()
                .born("io.netty.buffer.Pool.take app.A.make:1")
                .put(RELEASE + "app.A.end:2")
                .put(RELEASE + "app.A.end:2")
                .seen(State.SURPLUS_PUT, "Buf", sure);
        return Life.findings(List.of(shared, alone)).stream()
                .map(finding -> finding.suspect().site().className())
                .toList();
    }

    @Test
    void should_put_a_likely_refusal_first_when_it_is_more_often_right_by_its_odds_than_a_sure_one() {
        assertThat(guilty(5, 4)).containsExactly("app.A", "app.Other");
        assertThat(guilty(6, 4)).containsExactly("app.Other", "app.A");
    }

    @Test
    void should_put_who_is_refused_for_anothers_put_behind_when_it_is_refused_elsewhere_too() {
        Observation robbed = new Life()
                .born("io.netty.buffer.Pool.take app.A.make:1")
                .put(RELEASE + "app.Guilty.end:2")
                .put(RELEASE + "app.Holder.end:3")
                .seen(State.SURPLUS_PUT, "Buf", 5);
        Observation usedAnew = new Life()
                .born("io.netty.buffer.Pool.take app.B.make:1")
                .put(RELEASE + "app.B.end:2")
                .put(RELEASE + "app.Holder.end:3")
                .seen(State.SURPLUS_PUT, "Buf", 5);
        Healthy ofA = new Life()
                .born("io.netty.buffer.Pool.take app.A.make:1")
                .put(RELEASE + "app.Holder.end:3")
                .healthy(100);
        Healthy ofB = new Life()
                .born("io.netty.buffer.Pool.take app.B.make:1")
                .put(RELEASE + "app.B.end:2")
                .healthy(100);

        assertThat(Life.findings(List.of(robbed, usedAnew), ofA, ofB))
                .extracting(finding -> finding.suspect().site().className())
                .containsExactly("app.Guilty", "app.Holder");
    }

    private static List<String> types(String partsEnd) {
        Life whole = new Life().born("io.netty.buffer.Pool.compose app.Maker.make:1");
        Life part = new Life().born("io.netty.buffer.Pool.take app.Reader.read:1");
        Healthy wholes = new Life()
                .born("io.netty.buffer.Pool.compose app.Maker.make:1")
                .put(END)
                .healthy(100);
        Healthy parts = new Life()
                .born("io.netty.buffer.Pool.take app.Reader.read:1")
                .put(partsEnd)
                .healthy(100);
        return Life.findings(
                        List.of(
                                whole.seen(State.UNREACHABLE, "io.netty.buffer.Composite", 5),
                                part.seen(State.UNREACHABLE, "io.netty.buffer.Buf", 40)),
                        wholes,
                        parts)
                .stream()
                .map(Finding::type)
                .toList();
    }

    @Test
    void should_put_a_holder_before_what_healthy_objects_give_back_through_it() {
        assertThat(types(RELEASE + "io.netty.buffer.Composite.deallocate " + END))
                .containsExactly("io.netty.buffer.Composite", "io.netty.buffer.Buf");
    }

    @Test
    void should_put_the_more_frequent_first_where_neither_holds_the_other() {
        assertThat(types(RELEASE + "app.Reader.done:7"))
                .containsExactly("io.netty.buffer.Buf", "io.netty.buffer.Composite");
    }

    @Test
    void should_put_what_is_given_back_inside_of_anothers_release_behind_when_both_are_missed_equally_often() {
        String open = "io.netty.buffer.Channel.open app.Main.read:2";
        String make = "io.netty.buffer.Ledger.make app.Main.read:3";
        Observation channel = new Life().born(open).seen(State.UNREACHABLE, "Channel", 7);
        Observation ledger = new Life().born(make).seen(State.UNREACHABLE, "Ledger", 7);

        List<Finding> findings = Life.findings(
                List.of(channel, ledger),
                new Life()
                        .born(open)
                        .put(RELEASE + "app.Reader.close:5 app.Main.read:9")
                        .healthy(90),
                new Life().born(make).put(RELEASE + "app.Main.read:9").healthy(90));

        assertThat(findings).extracting(Finding::type).containsExactly("Ledger", "Channel");
    }
}
