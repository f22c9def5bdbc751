// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import dev.heldby.snapshot.Op;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MissingReleaseTest {
    private static final String MAIN = " app.S.netty:7 app.S.main:10";
    private static final String RETAIN = "io.netty.buffer.AbstractReferenceCountedByteBuf.retain app.S$Reader.begin:3 ";
    private static final String RELEASE = "io.netty.buffer.AbstractReferenceCountedByteBuf.release app.S$Reader.end:3 ";

    private static Life beginning() {
        return new Life().born("io.netty.buffer.Unpooled.directBuffer" + MAIN);
    }

    /** One cache takes and never gives back, six filters do both, all through the same two methods. */
    private static Life cacheAmongFilters(boolean evicts) {
        Life life = beginning().get(RETAIN + "app.S$Cache.put:4" + MAIN);
        for (int i = 0; i < 6; i++) {
            life.get(RETAIN + "app.S$Filter.f:5" + MAIN).put(RELEASE + "app.S$Filter.f:5" + MAIN);
        }
        if (evicts) {
            life.put(RELEASE + "app.S$Cache.evict:4" + MAIN);
        }
        return life.put("io.netty.buffer.AbstractByteBuf.release" + MAIN);
    }

    @Test
    void should_name_the_cache_when_six_filters_use_the_same_wrapper() {
        Finding finding = Life.finding(cacheAmongFilters(false).seen(State.UNREACHABLE));
        assertThat(finding.suspect().operation()).isEqualTo(Op.GET);
        assertThat(finding.suspect().site().brief()).isEqualTo("S$Cache.put (S.java:4)");
        assertThat(finding.suspect().confidence()).isEqualTo(0.9);
        assertThat(finding.expected()).isEmpty();
        assertThat(finding.summary())
                .isEqualTo("The reference to a PooledUnsafeDirectByteBuf that S$Cache.put (S.java:4) takes is never"
                        + " given back.");
    }

    @Test
    void should_say_where_the_cache_should_give_back_when_healthy_objects_show_it() {
        Healthy healthy = cacheAmongFilters(true).healthy(12);
        Finding finding = Life.finding(cacheAmongFilters(false).seen(State.UNREACHABLE), healthy);
        assertThat(finding.suspect().site().method()).isEqualTo("put");
        assertThat(finding.suspect().confidence()).isEqualTo(0.95);
        assertThat(finding.expected()).singleElement().satisfies(expected -> {
            assertThat(expected.site().brief()).isEqualTo("S$Cache.evict (S.java:4)");
            assertThat(expected.support()).isEqualTo(12);
            assertThat(expected.confidence()).isEqualTo(1);
        });
        assertThat(finding.healthy()).isEqualTo(12);
        assertThat(finding.divergence().healthyNext().brief()).isEqualTo("S$Cache.evict (S.java:4)");
        assertThat(finding.summary())
                .endsWith("is never given back; where all goes well it is given back at S$Cache.evict (S.java:4).");
    }

    @Test
    void should_step_out_of_a_wrapper_that_healthy_objects_show_when_the_leaked_one_used_it_once() {
        Life leaked = beginning()
                .get(RETAIN + "app.S$Cache.put:4" + MAIN)
                .put("io.netty.buffer.AbstractByteBuf.release" + MAIN);
        assertThat(Life.finding(leaked.seen(State.UNREACHABLE)).suspect().site().method())
                .isEqualTo("begin");
        Healthy healthy = cacheAmongFilters(true).healthy(12);
        assertThat(Life.finding(leaked.seen(State.UNREACHABLE), healthy)
                        .suspect()
                        .site()
                        .brief())
                .isEqualTo("S$Cache.put (S.java:4)");
    }

    @Test
    void should_stay_in_a_holder_when_healthy_objects_pass_it_on_several_ways() {
        Life good = new Life().born("app.S.main:1");
        for (String caller : List.of("app.S.one:2 app.S.main:2", "app.S.two:3 app.S.main:3")) {
            good.get("app.Filter.f:5 " + caller).put("app.Filter.f:6 " + caller);
        }
        Life leaked = new Life()
                .born("app.S.main:1")
                .get("app.Filter.f:5 app.S.two:4")
                .put("app.S.main:9");
        assertThat(Life.finding(
                                leaked.seen(State.UNREACHABLE),
                                good.put("app.S.main:9").healthy(3))
                        .suspect()
                        .site()
                        .brief())
                .isEqualTo("Filter.f (Filter.java:5)");
    }

    @Test
    void should_find_nothing_when_all_objects_died_in_good_order() {
        assertThat(Life.findings(List.of(), cacheAmongFilters(true).healthy(12)))
                .isEmpty();
    }

    @Test
    void should_name_the_birth_and_its_ends_the_rarer_first_when_the_maker_never_gives_back() {
        String birth = "io.netty.buffer.Pool.take app.A.read:5";
        Healthy done = new Life()
                .born(birth)
                .put("io.netty.buffer.B.release app.A.done:9")
                .healthy(12_041);
        Healthy failed = new Life()
                .born(birth)
                .put("io.netty.buffer.B.release app.A.fail:12")
                .healthy(17);
        Finding finding = Life.finding(new Life().born(birth).seen(State.UNREACHABLE), done, failed);
        assertThat(finding.suspect().operation()).isEqualTo(Op.BORN);
        assertThat(finding.suspect().confidence()).isEqualTo(1);
        assertThat(finding.expected())
                .extracting(
                        e -> String.format(Locale.ROOT, "%s %d %.4f", e.site().method(), e.support(), e.confidence()))
                .containsExactly("fail 17 0.9598", "done 12041 0.0402");
        assertThat(finding.healthy()).isEqualTo(12_058);
    }

    @Test
    void should_make_one_finding_of_ten_access_patterns_when_one_line_leaks() {
        List<Observation> patterns = new ArrayList<>();
        for (int k = 0; k < 10; k++) {
            Life life = new Life().born("io.netty.buffer.Unpooled.directBuffer app.T.leak:4 app.T.main:6");
            for (int i = 0; i < k; i++) {
                life.get("io.netty.buffer.B.retain app.T.leak:5 app.T.main:6")
                        .put("io.netty.buffer.B.release app.T.leak:5 app.T.main:6");
            }
            patterns.add(life.seen(State.UNREACHABLE, Life.BUF, 200));
        }
        assertThat(Life.findings(patterns)).singleElement().satisfies(finding -> {
            assertThat(finding.count()).isEqualTo(2000);
            assertThat(finding.bytes()).isEqualTo(2000 * 256);
            assertThat(finding.suspect().operation()).isEqualTo(Op.BORN);
            assertThat(finding.suspect().site().brief()).isEqualTo("T.leak (T.java:4)");
        });
    }

    @Test
    void should_say_that_it_cannot_be_sure_when_two_gets_look_alike() {
        Finding finding = Life.finding(new Life()
                .born("io.netty.buffer.Pool.take app.A.make:1 app.A.run:9")
                .put("io.netty.buffer.B.release app.A.end:2 app.A.run:9")
                .get("io.netty.buffer.B.retain app.A.one:3 app.A.run:10")
                .get("io.netty.buffer.B.retain app.A.two:4 app.A.run:11")
                .put("io.netty.buffer.B.release app.A.give:5 app.A.run:12")
                .seen(State.UNREACHABLE));
        assertThat(finding.suspect().confidence()).isEqualTo(0.5);
        assertThat(finding.doubt()).isEqualTo("the record fits 2 places equally well, also A.two (A.java:4)");
        assertThat(finding.summary()).contains("HeldBy cannot be sure which, perhaps");
    }

    @Test
    void should_be_less_sure_when_events_were_dropped() {
        Life life = cacheAmongFilters(false);
        Finding whole = Life.finding(life.seen(State.UNREACHABLE));
        Finding gaps = Life.finding(Life.seen(State.UNREACHABLE, Life.BUF, 1, life.history(40)));
        assertThat(gaps.suspect().confidence()).isLessThan(whole.suspect().confidence());
        assertThat(gaps.doubt()).contains("events of the history were dropped");
    }

    @Test
    void should_make_two_findings_when_one_object_is_kept_at_two_places() {
        Observation observation = new Life()
                .born("io.netty.buffer.Pool.take app.A.make:1")
                .get("io.netty.buffer.B.retain app.B.keep:3")
                .seen(State.UNREACHABLE);
        assertThat(Life.findings(List.of(observation)))
                .extracting(f -> f.suspect().site().method() + " " + f.suspect().confidence())
                .containsExactlyInAnyOrder("make 1.0", "keep 1.0");
    }

    @Test
    void should_keep_two_holders_apart_when_both_forget_and_use_one_wrapper() {
        Observation observation = beginning()
                .get(RETAIN + "app.S$Cache.put:4" + MAIN)
                .get(RETAIN + "app.S$Queue.offer:6" + MAIN)
                .put("io.netty.buffer.AbstractByteBuf.release" + MAIN)
                .seen(State.UNREACHABLE);
        assertThat(Life.findings(List.of(observation)))
                .extracting(f -> f.suspect().site().method())
                .containsExactlyInAnyOrder("put", "offer");
    }

    @Test
    void should_count_each_reference_when_one_call_takes_several() {
        Finding finding = Life.finding(new Life()
                .born("io.netty.buffer.Pool.take app.A.run:1")
                .event(Op.GET, 3, "io.netty.buffer.B.retain app.Two.keep:3 app.A.run:2")
                .event(Op.PUT, 2, "io.netty.buffer.B.release app.Two.give:4 app.A.run:3")
                .event(Op.PUT, 1, "io.netty.buffer.B.release app.A.run:5")
                .seen(State.UNREACHABLE));
        assertThat(finding.suspect().site().method()).isEqualTo("keep");
    }

    @Test
    void should_step_out_of_a_factory_when_other_callers_give_back_what_it_makes() {
        Healthy healthy = new Life()
                .born("io.netty.buffer.Pool.take app.Buffers.make:3 app.Good.run:5 app.S.main:1")
                .put("io.netty.buffer.B.release app.Good.run:6 app.S.main:1")
                .healthy(50);
        Finding finding = Life.finding(
                new Life()
                        .born("io.netty.buffer.Pool.take app.Buffers.make:3 app.Bad.run:9 app.S.main:2")
                        .seen(State.UNREACHABLE),
                healthy);
        assertThat(finding.suspect().site().brief()).isEqualTo("Bad.run (Bad.java:9)");
    }

    @Test
    void should_stay_in_the_method_that_makes_and_gives_back_when_only_some_callers_see_it_leak() {
        Healthy healthy = new Life()
                .born("io.netty.buffer.Pool.take app.A.handle:3 app.S.good:1")
                .put("io.netty.buffer.B.release app.A.handle:6 app.S.good:1")
                .healthy(50);
        Finding finding = Life.finding(
                new Life()
                        .born("io.netty.buffer.Pool.take app.A.handle:3 app.S.bad:2")
                        .seen(State.UNREACHABLE),
                healthy);
        assertThat(finding.suspect().site().brief()).isEqualTo("A.handle (A.java:3)");
    }

    private static Life sharedWithACache(boolean ownerGives, boolean cacheGives) {
        Life life = new Life()
                .born("io.netty.buffer.Pool.take app.Owner.run:1 app.S.main:1")
                .get("io.netty.buffer.B.retain app.Cache.put:3 app.Owner.run:2 app.S.main:1");
        if (ownerGives) {
            life.put("io.netty.buffer.B.release app.Owner.run:5 app.S.main:1");
        }
        return cacheGives ? life.on("evictor").put("io.netty.buffer.B.release app.Cache.evict:7") : life;
    }

    @Test
    void should_not_take_the_last_put_for_the_makers_when_another_holder_gives_back_last() {
        Healthy healthy = sharedWithACache(true, true).healthy(90);
        Finding owner = Life.finding(sharedWithACache(false, true).seen(State.UNREACHABLE), healthy);
        assertThat(owner.suspect().site().brief()).isEqualTo("Owner.run (Owner.java:1)");
        assertThat(owner.suspect().confidence()).isEqualTo(0.95);
        assertThat(owner.expected()).extracting(e -> e.site().brief()).containsExactly("Owner.run (Owner.java:5)");
        Finding cache = Life.finding(sharedWithACache(true, false).seen(State.UNREACHABLE), healthy);
        assertThat(cache.suspect().site().brief()).isEqualTo("Cache.put (Cache.java:3)");
        assertThat(cache.expected()).extracting(e -> e.site().brief()).containsExactly("Cache.evict (Cache.java:7)");
    }

    @Test
    void should_pair_across_threads_by_the_holders_class_when_nothing_else_is_known() {
        Finding owner = Life.finding(sharedWithACache(false, true).seen(State.UNREACHABLE));
        assertThat(owner.suspect().site().brief()).isEqualTo("Owner.run (Owner.java:1)");
        assertThat(owner.suspect().confidence()).isBetween(0.7, 0.95);
    }

    @Test
    void should_know_the_healthy_twin_when_another_line_of_the_same_method_made_it() {
        String taken = "io.netty.buffer.Unpooled.directBuffer app.Mailer.send:19 ";
        String given = "io.netty.buffer.B.release app.Mailer.deliver:33 app.Mailer.send:27 ";
        Healthy first = new Life()
                .born(taken + "app.S.main:84")
                .put(given + "app.S.main:84")
                .healthy(5);
        Healthy other = new Life()
                .born(taken + "app.T.other:3")
                .put("io.netty.buffer.B.release app.T.other:4")
                .healthy(9);

        Finding finding = Life.finding(new Life().born(taken + "app.S.main:86").seen(State.UNREACHABLE), first, other);

        assertThat(finding.healthy()).isEqualTo(5);
        assertThat(finding.expected()).singleElement().satisfies(expected -> {
            assertThat(expected.site().brief()).isEqualTo("Mailer.deliver (Mailer.java:33)");
            assertThat(expected.support()).isEqualTo(5);
        });
    }

    @Test
    void should_count_one_place_once_when_it_is_reached_through_other_plumbing() {
        String taken = "io.netty.buffer.Unpooled.directBuffer app.A.take:3 app.A.main:9";
        Healthy plain = new Life()
                .born(taken)
                .put("io.netty.buffer.B.release app.A.give:4 app.A.main:9")
                .healthy(40);
        Healthy wrapped = new Life()
                .born(taken)
                .put("io.netty.buffer.B.release io.netty.buffer.W.release app.A.give:4 app.A.main:9")
                .healthy(2);

        Finding finding = Life.finding(new Life().born(taken).seen(State.UNREACHABLE), plain, wrapped);

        assertThat(finding.expected())
                .singleElement()
                .satisfies(expected -> assertThat(expected.support()).isEqualTo(42));
    }

    void should_expect_nothing_of_the_cleaner_when_it_closed_what_was_forgotten() {
        Life forgotten = new Life().born("java.util.zip.ZipFile.<init> app.S.count:5 app.S.main:10");
        Healthy tidied = new Life()
                .born("java.util.zip.ZipFile.<init> app.S.count:5 app.S.main:10")
                .put("java.io.RandomAccessFile.close java.util.zip.ZipFile$Source.close"
                        + " jdk.internal.ref.CleanerImpl.run java.lang.Thread.run")
                .healthy(3);

        Finding finding = Life.finding(forgotten.seen(State.UNREACHABLE), tidied);

        assertThat(finding.expected()).isEmpty();
        assertThat(finding.healthy()).isZero();
    }

    private static Life kept(Instant from) {
        return new Life(from).born("io.netty.buffer.Pool.take app.Store.put:3 app.Main.main:2");
    }

    private static Finding lostWhile(Instant firstCleared) {
        Observation lost = kept(Life.NOW).seen(State.UNREACHABLE, Life.BUF, 20);
        return Life.finding(
                lost,
                kept(Life.NOW)
                        .put("io.netty.buffer.B.release app.Store.evict:8 app.Main.main:2")
                        .healthy(4000),
                kept(firstCleared)
                        .put("io.netty.buffer.B.release app.Store.clear:9 app.Main.stop:7")
                        .healthy(10));
    }

    @Test
    void should_not_expect_a_place_that_nobody_came_to_before_the_objects_were_lost() {
        assertThat(lostWhile(Life.NOW.plusSeconds(19)).expected().get(0).site().method())
                .isEqualTo("evict");
    }

    @Test
    void should_expect_the_seldom_place_when_it_ran_while_the_objects_were_lost() {
        assertThat(lostWhile(Life.NOW).expected().get(0).site().method()).isEqualTo("clear");
    }
}
