// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Puts and uses that the object refused because no reference was left. */
class RecorderRefusalsTest {
    private final Object object = new Object();
    private final Watched watched = Watched.fully(End.TOLD);

    private Lifecycle dead(Watched in) {
        Lifecycle lifecycle = in.born(object);
        in.putAndDie(lifecycle);
        return lifecycle;
    }

    @Test
    void should_report_a_surplus_put_when_it_was_refused() {
        watched.refusedPut(dead(watched));
        Observation surplus = watched.observation();

        assertThat(surplus.state()).isEqualTo(Observation.State.SURPLUS_PUT);
        assertThat(surplus.type()).isEqualTo("toy.Toy");
        assertThat(surplus.rule()).isEqualTo("toys");
        assertThat(Watched.words(surplus.example())).isEqualTo("BORN 1, PUT 0, PUT -1");
    }

    @Test
    void should_end_the_trail_with_the_refused_puts_stack_when_it_is_reported() {
        watched.refusedPut(dead(watched));
        List<Event> events = watched.observation().example().events();

        assertThat(events.get(events.size() - 1).stack())
                .anyMatch(frame -> frame.getMethodName().equals("refusedPut"));
    }

    @Test
    void should_restore_the_count_when_a_put_was_refused() {
        Lifecycle lifecycle = dead(watched);
        watched.recorder.put(lifecycle, 3);
        watched.recorder.refusals.put(lifecycle);

        assertThat(lifecycle.count()).isZero();
    }

    @Test
    void should_restore_the_history_when_a_put_was_refused() {
        Lifecycle lifecycle = dead(watched);
        watched.refusedPut(lifecycle);

        assertThat(lifecycle.trail.size()).isEqualTo(2);
    }

    @Test
    void should_report_nothing_when_a_put_threw_though_references_were_left() {
        Lifecycle lifecycle = watched.born(object);
        watched.get(lifecycle);
        watched.refusedPut(lifecycle);

        assertThat(lifecycle.count()).isEqualTo(1);
        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_keep_the_count_when_a_put_of_no_or_less_references_was_refused() {
        Lifecycle lifecycle = watched.born(object);
        for (int references : new int[] {0, -1, Integer.MIN_VALUE}) {
            watched.recorder.put(lifecycle, references);
            watched.recorder.refusals.put(lifecycle);
        }

        assertThat(lifecycle.count()).isEqualTo(1);
        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.LIVE);
        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_report_a_surplus_put_when_more_was_given_back_than_was_left() {
        Lifecycle lifecycle = watched.born(object);
        watched.recorder.put(lifecycle, 5);
        watched.recorder.refusals.put(lifecycle);

        assertThat(lifecycle.count()).isEqualTo(1);
        assertThat(lifecycle.state).isEqualTo(Lifecycle.State.LIVE);
        assertThat(watched.observation().state()).isEqualTo(Observation.State.SURPLUS_PUT);
    }

    @Test
    void should_report_once_when_one_refused_put_is_told_twice() {
        Lifecycle lifecycle = dead(watched);
        watched.refusedPut(lifecycle);
        watched.recorder.refusals.put(lifecycle);

        assertThat(watched.observation().count()).isEqualTo(1);
        assertThat(lifecycle.count()).isZero();
    }

    @Test
    void should_count_alike_ones_together_when_one_place_is_refused_often() {
        Object[] objects = new Object[10];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = new Object();
            Lifecycle lifecycle = watched.born(objects[i]);
            watched.putAndDie(lifecycle);
            watched.refusedPut(lifecycle);
        }

        assertThat(watched.observation().count()).isEqualTo(10);
    }

    @Test
    void should_report_a_lapsed_use_when_it_was_refused() {
        watched.recorder.refusals.use(dead(watched));
        Observation lapsed = watched.observation();

        assertThat(lapsed.state()).isEqualTo(Observation.State.LAPSED_USE);
        assertThat(Watched.words(lapsed.example())).isEqualTo("BORN 1, PUT 0, USE 0");
    }

    @Test
    void should_restore_the_history_when_a_use_was_refused() {
        Lifecycle lifecycle = dead(watched);
        watched.recorder.refusals.use(lifecycle);
        watched.recorder.refusals.use(lifecycle);

        assertThat(lifecycle.trail.size()).isEqualTo(2);
    }

    @Test
    void should_keep_a_full_history_in_order_when_uses_are_refused() {
        Lifecycle lifecycle = watched.born(object);
        for (int i = 0; i < 100; i++) {
            watched.recorder.use(lifecycle);
        }
        watched.putAndDie(lifecycle);
        int dropped = lifecycle.trail.dropped();
        watched.recorder.refusals.use(lifecycle);

        assertThat(lifecycle.trail.dropped()).isEqualTo(dropped);
        assertThat(lifecycle.trail.op(Trail.FIRST)).isEqualTo(Op.USE);
        assertThat(lifecycle.trail.micros(Trail.FIRST)).isLessThanOrEqualTo(lifecycle.trail.micros(Trail.FIRST + 1));
        assertThat(lifecycle.trail.count(Trail.FIRST)).isEqualTo(1);
    }

    @Test
    void should_report_nothing_when_a_use_threw_though_the_object_lives() {
        watched.recorder.refusals.use(watched.born(object));

        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_report_the_refused_event_alone_when_the_life_was_not_traced() {
        Watched counting = new Watched(Level.COUNT, End.TOLD);
        counting.refusedPut(dead(counting));
        Observation surplus = counting.observation();

        assertThat(Watched.words(surplus.example())).isEqualTo("PUT -1");
        assertThat(surplus.example().events().get(0).stack())
                .anyMatch(frame -> frame.getMethodName().equals("refusedPut"));
    }

    @Test
    void should_report_the_put_of_each_thread_when_two_objects_are_overdrawn() throws InterruptedException {
        Object other = new Object();
        Lifecycle ours = dead(watched);
        Lifecycle theirs = watched.born(other);
        watched.putAndDie(theirs);
        watched.put(ours);
        Threads.runOnForeign("other", () -> watched.refusedPut(theirs));
        watched.recorder.refusals.put(ours);

        assertThat(ours.count()).isZero();
        assertThat(theirs.count()).isZero();
        assertThat(watched.observations())
                .extracting(Observation::count)
                .containsOnly(1L)
                .hasSize(2);
    }

    @Test
    void should_report_its_own_event_last_when_another_thread_used_the_object_meanwhile() throws InterruptedException {
        Lifecycle lifecycle = dead(watched);
        watched.put(lifecycle);
        Threads.runOnForeign("other", () -> watched.recorder.use(lifecycle));
        watched.recorder.refusals.put(lifecycle);
        List<Event> reported = watched.observation().example().events();

        assertThat(reported.get(reported.size() - 1).op()).isEqualTo(Op.PUT);
        assertThat(lifecycle.trail.op(lifecycle.trail.size() - 1)).isEqualTo(Op.USE);
    }

    @Test
    void should_trace_more_readily_when_a_put_was_refused() {
        assertThat(watched.kind.escalated(System.nanoTime())).isFalse();

        watched.refusedPut(dead(watched));

        assertThat(watched.kind.escalated(System.nanoTime())).isTrue();
        assertThat(watched.kind.escalated(System.nanoTime() + 301_000_000_000L)).isFalse();
    }

    @Test
    void should_teach_nothing_of_good_order_when_something_was_refused_after_the_end() {
        Lifecycle lifecycle = dead(watched);
        BirthPlace place = lifecycle.birthPlace;
        watched.refusedPut(lifecycle);
        watched.recorder.refusals.use(lifecycle);

        assertThat(place.healthy.total()).isZero();
        place.healthy.forEachExample((trail, count) -> fail("kept %s", trail));
    }

    @Test
    void should_teach_nothing_of_good_order_when_something_was_refused_before_the_end() {
        Lifecycle lifecycle = watched.born(object);
        BirthPlace place = lifecycle.birthPlace;
        watched.recorder.put(lifecycle, 5);
        watched.recorder.refusals.put(lifecycle);
        watched.putAndDie(lifecycle);

        assertThat(place.healthy.total()).isZero();
    }
}
