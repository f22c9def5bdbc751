// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Observation.State;
import dev.heldby.snapshot.Op;
import org.junit.jupiter.api.Test;

class SurplusReleaseTest {
    private static final String RETAIN = "io.netty.buffer.B.retain ";
    private static final String RELEASE = "io.netty.buffer.B.release ";

    @Test
    void should_name_the_guilty_when_the_holder_class_both_takes_and_gives() {
        Finding finding = Life.finding(new Life()
                .born("io.netty.buffer.Pool.take app.Owner.open:2 app.W.main:4")
                .get(RETAIN + "app.Holder.take:3 app.W.main:5")
                .put(RELEASE + "app.Other.touch:8 app.W.main:6")
                .put(RELEASE + "app.Owner.close:9 app.W.main:7")
                .put(RELEASE + "app.Holder.give:4 app.W.main:8")
                .seen(State.SURPLUS_PUT));
        assertThat(finding.kind()).isEqualTo(Finding.Kind.SURPLUS_RELEASE);
        assertThat(finding.suspect().site().brief()).isEqualTo("Other.touch (Other.java:8)");
        assertThat(finding.suspect().confidence()).isEqualTo(0.9);
        assertThat(finding.summary())
                .isEqualTo("Other.touch (Other.java:8) gives back a reference to a PooledUnsafeDirectByteBuf that it"
                        + " does not hold; the refusal hits Holder.give (Holder.java:4).");
    }

    private static Life shared(int writes) {
        Life life = new Life()
                .born("io.netty.buffer.Pool.take app.Talk.answer:2 app.Loop.run:4")
                .get(RETAIN + "app.Talk.answer:3 app.Loop.run:4")
                .get(RETAIN + "app.Talk.answer:4 app.Loop.run:4");
        for (int i = 0; i < writes; i++) {
            life.put(RELEASE + "app.Encoder.write:9 app.Loop.run:5");
        }
        return life.put(RELEASE + "app.Talk.end:6 app.Loop.run:6");
    }

    @Test
    void should_name_the_put_that_no_healthy_object_has_so_often() {
        Life bad = shared(3).put(RELEASE + "app.Log.drain:7 app.Timer.run:1");
        Life good = shared(1).put(RELEASE + "app.Log.drain:7 app.Timer.run:1");

        Finding finding = Life.finding(bad.seen(State.SURPLUS_PUT), good.healthy(40));

        assertThat(finding.suspect().site().brief()).isEqualTo("Encoder.write (Encoder.java:9)");
        assertThat(finding.suspect().confidence()).isEqualTo(0.95);
    }

    private static Life allInOneClass() {
        return new Life()
                .born("io.netty.buffer.Unpooled.directBuffer app.W.main:4")
                .get(RETAIN + "app.W.main:4")
                .put(RELEASE + "app.W.guiltyExtraRelease:2 app.W.main:4")
                .put(RELEASE + "app.W.ownerRelease:2 app.W.main:4")
                .put(RELEASE + "app.W.holderRelease:2 app.W.main:5");
    }

    @Test
    void should_prefer_an_earlier_put_and_say_so_when_nothing_tells_them_apart() {
        Finding finding = Life.finding(allInOneClass().seen(State.SURPLUS_PUT));
        assertThat(finding.suspect().site().method()).isEqualTo("guiltyExtraRelease");
        assertThat(finding.suspect().confidence()).isLessThan(0.4);
        assertThat(finding.summary())
                .isEqualTo("A reference to a PooledUnsafeDirectByteBuf is given back once too often; HeldBy cannot be"
                        + " sure by whom, perhaps at W.guiltyExtraRelease (W.java:2); the refusal hits"
                        + " W.holderRelease (W.java:2).");
    }

    @Test
    void should_name_the_guilty_when_healthy_objects_never_ran_its_put() {
        Life healthy = new Life()
                .born("io.netty.buffer.Unpooled.directBuffer app.W.main:4")
                .get(RETAIN + "app.W.main:4")
                .put(RELEASE + "app.W.ownerRelease:2 app.W.main:4")
                .put(RELEASE + "app.W.holderRelease:2 app.W.main:5");
        Finding finding = Life.finding(allInOneClass().seen(State.SURPLUS_PUT), healthy.healthy(40));
        assertThat(finding.suspect().site().method()).isEqualTo("guiltyExtraRelease");
        assertThat(finding.suspect().confidence()).isGreaterThanOrEqualTo(0.9);
    }

    @Test
    void should_name_the_refused_put_when_one_holder_gives_back_twice() {
        Finding finding = Life.finding(new Life()
                .born("io.netty.buffer.Pool.take app.A.run:4")
                .put(RELEASE + "app.A.close:9 app.A.run:5")
                .put(RELEASE + "app.A.close:9 app.A.run:5")
                .seen(State.SURPLUS_PUT));
        assertThat(finding.suspect().site().brief()).isEqualTo("A.close (A.java:9)");
        assertThat(finding.suspect().confidence()).isEqualTo(1);
        assertThat(finding.summary()).doesNotContain("refusal");
    }

    @Test
    void should_step_out_of_the_wrapper_when_the_refused_put_runs_through_it() {
        Finding finding = Life.finding(new Life()
                .born("io.netty.buffer.Unpooled.directBuffer app.S.main:14")
                .get(RETAIN + "app.S$Reader.begin:3 app.S$Filter.f:5 app.S.main:14")
                .put(RELEASE + "app.S$Reader.end:3 app.S$Filter.f:5 app.S.main:14")
                .put(RELEASE + "app.S.main:14")
                .put(RELEASE + "app.S$Reader.end:3 app.S.main:14")
                .seen(State.SURPLUS_PUT));
        assertThat(finding.suspect().site().brief()).isEqualTo("S.main (S.java:14)");
        assertThat(finding.suspect().stack()).extracting(Site::method).containsExactly("release", "end", "main");
    }

    @Test
    void should_name_the_use_and_the_last_put_when_a_use_is_refused() {
        Finding finding = Life.finding(new Life()
                .born("io.netty.buffer.Pool.take app.A.run:4")
                .put(RELEASE + "app.A.close:9 app.A.run:5")
                .use("io.netty.buffer.B.getByte app.A.read:20 app.A.run:6")
                .seen(State.LAPSED_USE));
        assertThat(finding.kind().label()).isEqualTo("use-after-release");
        assertThat(finding.detectedBy().label()).isEqualTo("call");
        assertThat(finding.suspect().operation()).isEqualTo(Op.USE);
        assertThat(finding.summary())
                .isEqualTo("A.read (A.java:20) uses a PooledUnsafeDirectByteBuf after its last reference was given"
                        + " back at A.close (A.java:9).");
    }

    @Test
    void should_name_the_victim_behind_a_wrapper_when_the_guilty_put_ran_through_it_too() {
        String end = RELEASE + "app.Reader.end:3 ";
        Finding finding = Life.finding(new Life()
                .born("io.netty.buffer.Pool.take app.Owner.open:2 app.W.main:4")
                .get(RETAIN + "app.Reader.begin:2 app.Holder.take:3 app.W.main:5")
                .put(end + "app.Other.touch:8 app.W.main:6")
                .put(RELEASE + "app.Owner.close:9 app.W.main:7")
                .put(end + "app.Holder.give:4 app.W.main:8")
                .seen(State.SURPLUS_PUT));
        assertThat(finding.suspect().site().brief()).isEqualTo("Other.touch (Other.java:8)");
        assertThat(finding.summary()).endsWith("the refusal hits Holder.give (Holder.java:4).");
    }

    @Test
    void should_name_the_put_that_healthy_objects_never_ran_when_a_use_is_refused() {
        Life lapsed = new Life()
                .born("io.netty.buffer.Unpooled.directBuffer app.W.main:4")
                .get(RETAIN + "app.W.main:4")
                .put(RELEASE + "app.W.guiltyExtraRelease:2 app.W.main:4")
                .put(RELEASE + "app.W.ownerRelease:2 app.W.main:4")
                .use("io.netty.buffer.B.getByte app.W.holderRead:2 app.W.main:5");
        Life healthy = new Life()
                .born("io.netty.buffer.Unpooled.directBuffer app.W.main:4")
                .get(RETAIN + "app.W.main:4")
                .put(RELEASE + "app.W.ownerRelease:2 app.W.main:4")
                .put(RELEASE + "app.W.holderRelease:2 app.W.main:5");
        Finding finding = Life.finding(lapsed.seen(State.LAPSED_USE), healthy.healthy(3));
        assertThat(finding.kind()).isEqualTo(Finding.Kind.SURPLUS_RELEASE);
        assertThat(finding.summary())
                .endsWith(
                        "W.guiltyExtraRelease (W.java:2) gives back a reference to a PooledUnsafeDirectByteBuf that it"
                                + " does not hold; the refusal hits W.holderRead (W.java:2).");
    }

    private static final String BIRTH = "io.netty.buffer.Pool.take app.Owner.open:2 app.W.main:4";
    private static final String HOLD = RETAIN + "app.Holder.take:3 app.W.main:5";
    private static final String DROP = RELEASE + "app.Holder.give:4 app.W.main:8";
    private static final String CLOSE = RELEASE + "app.Owner.close:9 app.W.main:7";

    private static Life held() {
        return new Life().born(BIRTH).get(HOLD).put(DROP).put(CLOSE);
    }

    @Test
    void should_name_the_put_that_ran_twice_when_a_use_is_refused() {
        Life lapsed = new Life()
                .born(BIRTH)
                .get(HOLD)
                .put(DROP)
                .put(DROP)
                .use("io.netty.buffer.B.getByte app.Owner.read:20 app.W.main:6");

        Finding finding = Life.finding(lapsed.seen(State.LAPSED_USE), held().healthy(40));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.SURPLUS_RELEASE);
        assertThat(finding.suspect().site().brief()).isEqualTo("Holder.give (Holder.java:4)");
        assertThat(finding.suspect().confidence()).isEqualTo(0.95);
    }

    @Test
    void should_name_the_put_without_its_get_when_a_use_is_refused() {
        Life lapsed = new Life().born(BIRTH).put(DROP).use("io.netty.buffer.B.getByte app.Owner.read:20 app.W.main:6");

        Finding finding = Life.finding(lapsed.seen(State.LAPSED_USE), held().healthy(40));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.SURPLUS_RELEASE);
        assertThat(finding.suspect().site().brief()).isEqualTo("Holder.give (Holder.java:4)");
    }

    @Test
    void should_name_the_put_that_ran_twice_when_it_is_refused_itself() {
        Life refused = new Life().born(BIRTH).get(HOLD).put(CLOSE).put(DROP).put(DROP);

        Finding finding = Life.finding(refused.seen(State.SURPLUS_PUT), held().healthy(40));

        assertThat(finding.suspect().site().brief()).isEqualTo("Holder.give (Holder.java:4)");
        assertThat(finding.suspect().confidence()).isEqualTo(0.95);
    }

    @Test
    void should_name_the_put_without_its_get_when_an_innocent_one_is_refused() {
        Life refused = new Life().born(BIRTH).put(DROP).put(CLOSE);

        Finding finding = Life.finding(refused.seen(State.SURPLUS_PUT), held().healthy(40));

        assertThat(finding.suspect().site().brief()).isEqualTo("Holder.give (Holder.java:4)");
        assertThat(finding.summary()).endsWith("the refusal hits Owner.close (Owner.java:9).");
    }

    @Test
    void should_blame_the_use_when_the_last_put_was_moved_before_it() {
        Life lapsed = new Life()
                .born(BIRTH)
                .get(HOLD)
                .put(DROP)
                .put(RELEASE + "app.Owner.close:8 app.W.main:7")
                .use("io.netty.buffer.B.getByte app.Owner.close:9 app.W.main:7");

        assertThat(Life.finding(lapsed.seen(State.LAPSED_USE), held().healthy(40))
                        .kind())
                .isEqualTo(Finding.Kind.USE_AFTER_RELEASE);
    }

    @Test
    void should_blame_the_use_when_a_get_that_nobody_knows_accounts_for_the_put() {
        Life lapsed = new Life()
                .born("io.netty.buffer.Pool.take app.Stranger.open:2 app.W.main:40")
                .put(CLOSE)
                .use("io.netty.buffer.B.getByte app.Stranger.read:20 app.W.main:41");

        assertThat(Life.finding(lapsed.seen(State.LAPSED_USE), held().healthy(40))
                        .kind())
                .isEqualTo(Finding.Kind.USE_AFTER_RELEASE);
    }

    @Test
    void should_blame_the_use_when_every_put_was_in_place() {
        Life lapsed = held().use("io.netty.buffer.B.getByte app.Owner.read:20 app.W.main:9");

        Finding finding = Life.finding(lapsed.seen(State.LAPSED_USE), held().healthy(40));

        assertThat(finding.kind()).isEqualTo(Finding.Kind.USE_AFTER_RELEASE);
        assertThat(finding.suspect().site().brief()).isEqualTo("Owner.read (Owner.java:20)");
    }

    @Test
    void should_name_the_put_whose_partner_is_known_when_an_unknown_put_is_refused_at_last() {
        String refresh = "app.Catalogue.refresh:2 app.Main.run:4";
        String take = RETAIN + "app.Catalogue.search:8 app.Main.run:5";
        String give = RELEASE + "app.Catalogue.search:9 app.Main.run:5";
        Life doubled = new Life()
                .born("io.netty.buffer.Pool.take " + refresh)
                .get(take)
                .put(give)
                .put(give)
                .put(RELEASE + "app.Catalogue.close:20 app.Main.stop:9");
        Life once = new Life()
                .born("io.netty.buffer.Pool.take " + refresh)
                .get(take)
                .put(give)
                .put(RELEASE + refresh);
        Life twice = new Life()
                .born("io.netty.buffer.Pool.take " + refresh)
                .get(take)
                .put(give)
                .get(take)
                .put(give)
                .put(RELEASE + refresh);

        Finding finding = Life.finding(doubled.seen(State.SURPLUS_PUT), once.healthy(30), twice.healthy(30));

        assertThat(finding.suspect().site().brief()).isEqualTo("Catalogue.search (Catalogue.java:9)");
    }
}
