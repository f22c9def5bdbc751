// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lives carry a history, and what is in it. */
class RecorderTracingTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final List<Object> held = new ArrayList<>();

    private Lifecycle bornIn(Watched watched) {
        Object object = new Object();
        held.add(object);
        return watched.born(object);
    }

    private static Observation atExit(Watched watched) {
        return watched.snapshots.atExit().observations().get(0);
    }

    @Test
    void should_record_each_event_with_the_count_after_it_when_fully_recorded() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = bornIn(watched);
        watched.get(lifecycle);
        watched.recorder.use(lifecycle);
        watched.put(lifecycle);

        assertThat(Watched.words(atExit(watched).example())).isEqualTo("BORN 1, GET 2, USE 2, PUT 1");
    }

    @Test
    void should_look_at_uses_only_of_lives_that_began_as_a_lost_one_did() {
        Watched watched = Watched.fully(End.TOLD);
        for (int i = 0; i < 2; i++) {
            Lifecycle lifecycle = watched.born(new Object());
            watched.recorder.looked(lifecycle);
            watched.recorder.badEnds.objectCollected(lifecycle);
        }

        assertThat(watched.observations())
                .extracting(observation -> Watched.words(observation.example()))
                .containsExactlyInAnyOrder("BORN 1", "BORN 1, USE 1");
    }

    @Test
    void should_show_the_last_use_between_the_events_that_it_came_between() {
        Watched watched = Watched.fully(End.TOLD);
        List<Lifecycle> lives = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Lifecycle lifecycle = bornIn(watched);
            lives.add(lifecycle);
            watched.recorder.looked(lifecycle);
            watched.get(lifecycle);
            watched.recorder.looked(lifecycle);
            watched.recorder.looked(lifecycle);
            watched.put(lifecycle);
            watched.recorder.badEnds.objectCollected(lifecycle);
        }

        assertThat(watched.observations())
                .extracting(observation -> Watched.words(observation.example()))
                .containsExactlyInAnyOrder("BORN 1, GET 2, PUT 1", "BORN 1, GET 2, USE 2, PUT 1");
    }

    @Test
    void should_show_the_last_use_of_a_healthy_life_once_one_was_looked_at() {
        Watched watched = Watched.fully(End.TOLD);
        for (int i = 0; i < 3; i++) {
            Lifecycle lifecycle = bornIn(watched);
            watched.recorder.looked(lifecycle);
            if (i == 1) {
                watched.recorder.badEnds.objectCollected(lifecycle);
            } else {
                watched.putAndDie(lifecycle);
            }
        }

        assertThat(watched.running().healthy().get(0).examples())
                .singleElement()
                .satisfies(example -> {
                    assertThat(example.count()).isEqualTo(2);
                    assertThat(Watched.words(example.history())).isEqualTo("BORN 1, USE 1, PUT 0");
                });
    }

    @Test
    void should_begin_each_stack_with_the_programs_own_frame_when_fully_recorded() {
        Watched watched = Watched.fully(End.TOLD);
        watched.get(bornIn(watched));

        assertThat(atExit(watched).example().events())
                .extracting(event -> event.stack().get(0).getClassName())
                .containsOnly(Watched.class.getName());
    }

    @Test
    void should_name_the_thread_when_another_one_acts() throws InterruptedException {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = bornIn(watched);
        Threads.runOnForeign("the other one", () -> watched.get(lifecycle));

        assertThat(atExit(watched).example().events())
                .extracting(Event::thread)
                .containsExactly(Thread.currentThread().getName(), "the other one");
    }

    @Test
    void should_have_no_events_when_only_counting() {
        Watched watched = new Watched(Level.COUNT, End.TOLD);
        watched.get(bornIn(watched));

        assertThat(atExit(watched).example().events()).isEmpty();
        assertThat(watched.running().coverage().traced()).isZero();
    }

    @Test
    void should_trace_every_life_when_there_are_few() {
        Watched watched = new Watched(Level.TRACE, End.TOLD);
        for (int i = 0; i < 100; i++) {
            bornIn(watched);
        }

        assertThat(watched.running().coverage().traced()).isEqualTo(100);
    }

    @Test
    void should_trace_a_part_and_follow_all_when_lives_outrun_the_budget() {
        Watched watched = new Watched(Level.TRACE, End.TOLD);
        int lives = 20 * (int) TraceBudget.STACKS_A_SECOND;
        Object object = new Object();
        long begun = System.nanoTime();
        Lifecycle lifecycle = null;
        for (int i = 0; i < lives; i++) {
            lifecycle = watched.bornAgain(object, lifecycle);
            watched.recorder.dead(lifecycle);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Snapshot running = watched.running();

        assertThat(running.coverage().lifecycles()).isEqualTo(lives);
        assertThat((double) running.coverage().traced())
                .isBetween((double) TraceBudget.STACKS_A_SECOND, TraceBudget.STACKS_A_SECOND * (1.1 + seconds));
    }

    @Test
    void should_forget_the_last_lifes_history_when_the_next_one_is_not_traced() {
        Watched watched = Watched.fully(End.TOLD);
        Lifecycle lifecycle = bornIn(watched);
        watched.putAndDie(lifecycle);
        watched.recorder.setLevel(watched.rule, Level.COUNT);
        watched.bornAgain(held.get(0), lifecycle);

        assertThat(lifecycle.trail).isNull();
    }

    @Test
    void should_count_dropped_records_when_histories_find_no_room() {
        Watched watched = new Watched(new Recorder(100, 2), Level.FULL, End.TOLD);
        for (int i = 0; i < 5; i++) {
            bornIn(watched);
        }

        assertThat(watched.running().coverage().traced()).isEqualTo(2);
        assertThat(watched.running().coverage().dropped()).isEqualTo(3);
        assertThat(watched.running().coverage().lifecycles()).isEqualTo(5);
    }

    @Test
    void should_find_room_for_histories_when_earlier_objects_died_in_good_order() {
        Watched watched = new Watched(new Recorder(100, 2), Level.FULL, End.TOLD);
        for (int i = 0; i < 10; i++) {
            watched.putAndDie(bornIn(watched));
        }

        assertThat(watched.running().coverage().traced()).isEqualTo(10);
        assertThat(watched.running().coverage().dropped()).isZero();
    }

    @Test
    void should_find_room_no_more_than_once_for_each_death_when_objects_are_recycled() {
        Watched watched = new Watched(new Recorder(100, 2), Level.FULL, End.TOLD);
        for (int life = 0; life < 10; life++) {
            Lifecycle lifecycle = held.isEmpty() ? bornIn(watched) : watched.bornAgain(held.get(0), first);
            first = lifecycle;
            watched.putAndDie(lifecycle);
        }
        watched.bornAgain(held.get(0), first);
        bornIn(watched);
        bornIn(watched);

        assertThat(watched.running().coverage().dropped()).isEqualTo(1);
    }

    private Lifecycle first;

    @Test
    void should_find_room_for_histories_when_earlier_objects_were_collected() {
        Watched watched = new Watched(new Recorder(100, 2), Level.FULL, End.TOLD);
        for (int i = 0; i < 10; i++) {
            watched.recorder.badEnds.objectCollected(bornIn(watched));
        }

        assertThat(watched.running().coverage().dropped()).isZero();
    }

    @Test
    void should_go_on_without_stacks_and_say_so_when_the_depot_is_full() {
        Watched watched = new Watched(new Recorder(1, NO_LIMIT), Level.FULL, End.TOLD);
        Lifecycle lifecycle = bornIn(watched);
        watched.get(lifecycle);
        watched.putAndDie(bornIn(watched));
        Snapshot running = watched.snapshots.atExit();

        assertThat(Watched.words(running.observations().get(0).example())).isEqualTo("BORN 1, GET 2");
        assertThat(running.observations().get(0).example().events().get(1).stack())
                .isEmpty();
        assertThat(running.coverage().troubles())
                .containsExactly("The stack depot is full: 3 stacks were not recorded.");
    }
}
