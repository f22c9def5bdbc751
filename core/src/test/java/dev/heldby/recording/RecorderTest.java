// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How lives begin, go on and end. */
class RecorderTest {
    private final Object object = new Object();

    private long live(Watched watched) {
        return watched.running().coverage().live();
    }

    private static Healthy healthy(Watched watched) {
        Object leaked = new Object();
        Lifecycle evidence = watched.born(leaked);
        var all = watched.snapshots.atExit().healthy();
        watched.put(evidence);
        watched.recorder.dead(evidence);
        return all.get(0);
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void should_count_one_reference_when_born(End end) {
        Watched watched = Watched.fully(end);

        assertThat(watched.born(object).count()).isEqualTo(1);
        assertThat(live(watched)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void should_know_the_references_left_when_some_were_taken_and_given_back(End end) {
        Watched watched = Watched.fully(end);
        Lifecycle lifecycle = watched.born(object);
        watched.recorder.get(lifecycle, 4);
        watched.recorder.put(lifecycle, 2);

        assertThat(lifecycle.count()).isEqualTo(3);
        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.LIVE);
    }

    @Test
    void should_end_only_when_told_when_the_rule_has_a_probe_for_it() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.put(lifecycle);
        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.LIVE);

        watched.recorder.dead(lifecycle);

        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.DEAD);
        assertThat(live(watched)).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = End.class, mode = EnumSource.Mode.EXCLUDE, names = "TOLD")
    void should_end_with_the_last_put_when_the_rule_says_so(End end) {
        Watched watched = Watched.fully(end);
        Lifecycle lifecycle = watched.born(object);
        watched.get(lifecycle);
        watched.put(lifecycle);
        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.LIVE);

        watched.put(lifecycle);

        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.DEAD);
        assertThat(live(watched)).isZero();
        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_ignore_a_further_put_when_the_kind_allows_it() {
        Watched watched = Watched.fully(End.LAST_PUT_IDEMPOTENT);
        Lifecycle lifecycle = watched.born(object);
        watched.put(lifecycle);
        watched.put(lifecycle);
        watched.recorder.refusals.put(lifecycle);

        assertThat(lifecycle.count()).isZero();
        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_forget_the_object_when_the_kind_allows_further_puts_and_it_is_mapped() {
        Watched watched = Watched.fully(End.LAST_PUT_IDEMPOTENT);
        watched.put(watched.bornMapped(object));

        assertThat(watched.recorder.mapped.find(object)).isNull();
    }

    @Test
    void should_go_on_living_when_another_thread_gets_after_the_put_that_was_reported_first() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.put(lifecycle);
        watched.get(lifecycle);

        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.LIVE);
        assertThat(lifecycle.count()).isEqualTo(1);
        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_count_two_lifecycles_when_an_object_is_recycled() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle first = watched.born(object);
        watched.putAndDie(first);
        Lifecycle second = watched.bornAgain(object, first);

        assertThat(second).isSameAs(first);
        assertThat(second.count()).isEqualTo(1);
        assertThat(watched.running().coverage().lifecycles()).isEqualTo(2);
    }

    @Test
    void should_see_the_second_life_when_an_object_is_recycled_after_its_first_end() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.putAndDie(lifecycle);
        watched.bornAgain(object, lifecycle);

        assertThat(live(watched)).isEqualTo(1);
        assertThat(watched.snapshots.atExit().observations()).hasSize(1);
    }

    @Test
    void should_be_live_once_when_an_object_is_recycled_often() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        for (int i = 0; i < 5; i++) {
            watched.putAndDie(lifecycle);
            watched.bornAgain(object, lifecycle);
        }

        assertThat(watched.liveCount()).isEqualTo(1);
    }

    @Test
    void should_begin_the_history_anew_when_an_object_is_recycled() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.get(lifecycle);
        watched.put(lifecycle);
        watched.putAndDie(lifecycle);
        watched.bornAgain(object, lifecycle);
        Observation held = watched.snapshots.atExit().observations().get(0);

        assertThat(Watched.words(held.example())).isEqualTo("BORN 1");
    }

    @Test
    void should_forget_the_size_when_an_object_is_recycled() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.recorder.bytes(object, 100);
        watched.putAndDie(lifecycle);
        watched.bornAgain(object, lifecycle);

        assertThat(watched.snapshots.atExit().observations().get(0).bytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Level.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void should_count_one_lifecycle_when_a_newborn_is_born_again_at_once(Level level) {
        Watched watched = new Watched(level, End.TOLD);
        watched.bornAgain(object, watched.born(object));

        assertThat(watched.running().coverage().lifecycles()).isEqualTo(1);
        assertThat(watched.running().coverage().dropped()).isZero();
    }

    @Test
    void should_count_one_traced_lifecycle_when_a_newborn_is_born_again_at_once() {
        Watched watched = Watched.fully(End.TOLD);
        watched.bornAgain(object, watched.born(object));

        assertThat(watched.running().coverage().traced()).isEqualTo(1);
    }

    @Test
    void should_count_a_dropped_record_when_a_life_begins_before_the_last_one_ended() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.get(lifecycle);
        watched.bornAgain(object, lifecycle);

        assertThat(watched.running().coverage().lifecycles()).isEqualTo(2);
        assertThat(watched.running().coverage().dropped()).isEqualTo(1);
    }

    @Test
    void should_follow_a_clone_by_a_lifecycle_of_its_own_when_it_carries_the_originals() {
        Watched watched = Watched.fully(End.TOLD);
        Object clone = new Object();
        Lifecycle original = watched.born(object);
        Lifecycle cloned = watched.bornAgain(clone, original);

        assertThat(cloned).isNotSameAs(original);
        assertThat(live(watched)).isEqualTo(2);
    }

    @Test
    void should_not_be_followed_when_the_rule_is_off() {
        Watched watched = new Watched(Level.OFF, End.TOLD);

        assertThat(watched.born(object)).isNull();
        assertThat(watched.running().coverage().lifecycles()).isZero();
    }

    @Test
    void should_be_given_up_and_counted_when_the_rule_is_switched_off() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.recorder.setLevel(watched.rule, Level.OFF);

        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.ABANDONED);
        assertThat(live(watched)).isZero();
        assertThat(watched.running().coverage().dropped()).isEqualTo(1);
        assertThat(watched.snapshots.atExit().observations()).isEmpty();
    }

    @Test
    void should_leave_other_rules_alone_when_one_is_switched_off() {
        Watched watched = Watched.fully(End.TOLD);
        Watched other = new Watched(watched.recorder, Level.FULL, End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.recorder.setLevel(other.rule, Level.OFF);

        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.LIVE);
    }

    @Test
    void should_be_followed_anew_when_the_rule_was_off_during_its_last_life() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.recorder.setLevel(watched.rule, Level.OFF);
        watched.recorder.setLevel(watched.rule, Level.COUNT);
        watched.bornAgain(object, lifecycle);

        assertThat(live(watched)).isEqualTo(1);
        assertThat(lifecycle.count()).isEqualTo(1);
    }

    @Test
    void should_not_be_judged_when_excused() {
        Watched watched = Watched.fully(End.TOLD);
        watched.born(object);
        watched.recorder.excuse(object);

        assertThat(live(watched)).isZero();
        assertThat(watched.snapshots.atExit().observations()).isEmpty();
    }

    @Test
    void should_excuse_a_mapped_object_when_another_was_born_last() {
        Watched watched = Watched.fully(End.TOLD);
        Object last = new Object();
        Lifecycle lifecycle = watched.bornMapped(object);
        watched.born(last);
        watched.recorder.excuse(object);

        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.EXCUSED);
        assertThat(live(watched)).isEqualTo(1);
    }

    @Test
    void should_sum_the_bytes_when_held_objects_are_alike() {
        Watched watched = new Watched(Level.COUNT, End.TOLD);
        Object[] objects = {new Object(), new Object()};
        for (Object each : objects) {
            watched.born(each);
            watched.recorder.bytes(each, 1000);
        }
        Observation held = watched.snapshots.atExit().observations().get(0);

        assertThat(held.count()).isEqualTo(2);
        assertThat(held.bytes()).isEqualTo(2000);
    }

    @Test
    void should_ignore_a_size_when_its_object_is_not_followed() {
        Watched watched = new Watched(Level.COUNT, End.TOLD);
        watched.born(object);
        watched.recorder.bytes(new Object(), 1000);

        assertThat(watched.snapshots.atExit().observations().get(0).bytes()).isZero();
    }

    @Test
    void should_not_follow_what_is_born_when_the_recorders_own_work_makes_it() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle[] born = new Lifecycle[1];
        watched.recorder.unrecorded(() -> born[0] = watched.born(object));

        assertThat(born[0]).isNull();
        assertThat(watched.running().coverage().lifecycles()).isZero();
    }

    @Test
    void should_keep_the_history_as_it_was_when_the_recorders_own_work_touches_the_object() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.recorder.unrecorded(() -> {
            watched.get(lifecycle);
            watched.recorder.use(lifecycle);
            watched.put(lifecycle);
        });
        Observation held = watched.snapshots.atExit().observations().get(0);

        assertThat(Watched.words(held.example())).isEqualTo("BORN 1");
        assertThat(lifecycle.count()).isEqualTo(1);
    }

    @Test
    void should_keep_the_history_as_it_was_when_the_recorders_own_work_is_refused() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.putAndDie(lifecycle);
        watched.recorder.unrecorded(() -> {
            watched.refusedPut(lifecycle);
            watched.recorder.refusals.use(lifecycle);
        });

        assertThat(watched.observations()).isEmpty();
        assertThat(lifecycle.trail.size()).isEqualTo(2);
        assertThat(lifecycle.count()).isZero();
    }

    @Test
    void should_record_again_when_the_recorders_own_work_has_failed() {
        Watched watched = Watched.fully(End.TOLD);
        try {
            watched.recorder.unrecorded(() -> {
                throw new IllegalStateException("on purpose");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("on purpose");
        }

        assertThat(watched.born(object)).isNotNull();
    }

    @Test
    void should_learn_where_the_last_reference_went_when_an_object_died_in_good_order() {
        Watched watched = Watched.fully(End.TOLD);
        for (int i = 0; i < 3; i++) {
            Lifecycle lifecycle = watched.born(new Object());
            watched.get(lifecycle);
            watched.put(lifecycle);
            watched.putAndDie(lifecycle);
        }
        Healthy healthy = healthy(watched);

        assertThat(healthy.count()).isEqualTo(3);
        assertThat(healthy.finalPuts()).hasSize(1);
        assertThat(healthy.finalPuts().get(0).count()).isEqualTo(3);
        assertThat(healthy.finalPuts().get(0).stack())
                .anyMatch(frame -> frame.getMethodName().equals("putAndDie"));
        assertThat(Watched.words(healthy.examples().get(0).history())).isEqualTo("BORN 1, GET 2, PUT 1, PUT 0");
    }

    @Test
    void should_learn_once_when_death_is_told_twice() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = watched.born(object);
        watched.putAndDie(lifecycle);
        watched.recorder.dead(lifecycle);

        assertThat(healthy(watched).count()).isEqualTo(1);
    }
}
