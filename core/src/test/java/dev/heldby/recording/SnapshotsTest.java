// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.FinalPut;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private final Watched watched = Watched.fully(End.TOLD);
    private final Object object = new Object();

    @Test
    void should_say_who_took_it_and_where_when_taken() {
        Instant before = Instant.now();
        Snapshot snapshot = new Snapshots(watched.recorder, "1.2.3", "junit", List.of()).running();

        assertThat(snapshot.version()).isEqualTo("1.2.3");
        assertThat(snapshot.mode()).isEqualTo("junit");
        assertThat(snapshot.jvm().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(snapshot.jvm().version()).isEqualTo(System.getProperty("java.vm.version"));
        assertThat(snapshot.jvm().startedAt()).isBefore(before);
        assertThat(snapshot.takenAt()).isBetween(before, Instant.now());
        assertThat(snapshot.rules()).containsExactly(new RuleTraits("toys", "", List.of(), List.of()));
    }

    @Test
    void should_count_what_was_followed_when_taken() {
        Object other = new Object();
        watched.putAndDie(watched.born(object));
        watched.born(other);

        assertThat(watched.running().coverage()).isEqualTo(new Coverage(2, 1, 2, 0, List.of()));
    }

    @Test
    void should_carry_troubles_when_they_came_up_after_it_was_set_up() {
        List<String> troubles = new ArrayList<>();
        Snapshots snapshots = new Snapshots(watched.recorder, "0", "test", troubles);
        troubles.add("A class could not be woven.");

        assertThat(snapshots.running().coverage().troubles()).containsExactly("A class could not be woven.");
    }

    @Test
    void should_call_nothing_a_defect_when_it_is_held_while_the_program_runs() {
        watched.born(object);

        assertThat(watched.running().observations()).isEmpty();
    }

    @Test
    void should_report_what_is_held_when_the_program_ended() {
        Instant before = Instant.now().minusMillis(5);
        watched.born(object);
        var held = watched.snapshots.atExit().observations().get(0);

        assertThat(held.state()).hasToString("HELD_AT_EXIT");
        assertThat(held.type()).isEqualTo("toy.Toy");
        assertThat(held.example().events().get(0).at())
                .isBetween(before, Instant.now().plusMillis(5));
        assertThat(held.firstSeen()).isBetween(before, Instant.now().plusMillis(5));
    }

    @Test
    void should_not_report_what_has_no_reference_left_when_the_program_ended() {
        watched.put(watched.born(object));

        assertThat(watched.snapshots.atExit().observations()).isEmpty();
    }

    @Test
    void should_tell_objects_apart_when_they_took_different_paths() {
        List<Object> objects = List.of(new Object(), new Object(), new Object());
        for (int i = 0; i < 3; i++) {
            Lifecycle lifecycle = watched.born(objects.get(i));
            if (i == 0) {
                watched.get(lifecycle);
            }
        }

        assertThat(watched.snapshots.atExit().observations())
                .extracting(observation -> observation.count() + ": " + Watched.words(observation.example()))
                .containsExactlyInAnyOrder("1: BORN 1, GET 2", "2: BORN 1");
    }

    @Test
    void should_list_the_most_usual_place_first_when_last_references_go_at_several() {
        for (int i = 0; i < 10; i++) {
            Lifecycle lifecycle = watched.born(new Object());
            if (i % 5 == 0) {
                seldom(lifecycle);
            } else {
                usually(lifecycle);
            }
        }
        watched.born(object);
        Healthy healthy = watched.snapshots.atExit().healthy().get(0);

        assertThat(healthy.rule()).isEqualTo("toys");
        assertThat(healthy.finalPuts()).extracting(FinalPut::count).containsExactly(8L, 2L);
        assertThat(healthy.finalPuts().get(0).stack())
                .anyMatch(frame -> frame.getMethodName().equals("usually"));
    }

    private void usually(Lifecycle lifecycle) {
        watched.putAndDie(lifecycle);
    }

    private void seldom(Lifecycle lifecycle) {
        watched.putAndDie(lifecycle);
    }

    @Test
    void should_tell_of_the_healthy_also_when_nothing_is_wrong() {
        watched.putAndDie(watched.born(object));

        assertThat(watched.running().healthy()).hasSize(1);
        assertThat(watched.snapshots.learnt().healthy()).hasSize(1);
    }

    @Test
    void should_leave_the_healthy_out_when_nothing_is_wrong_in_a_scope() throws InterruptedException {
        ScopeWatch scopes = new ScopeWatch(watched.recorder, watched.snapshots);
        Scope scope = scopes.open("test");
        watched.putAndDie(watched.born(object));

        assertThat(scopes.close(scope, Duration.ZERO).healthy()).isEmpty();
    }

    @Test
    void should_put_objects_of_one_type_together_when_only_counting() {
        Watched counting = new Watched(Level.COUNT, End.TOLD);
        List<Object> objects = List.of(new Object(), new Object());
        objects.forEach(counting::born);

        assertThat(counting.snapshots.atExit().observations().get(0).count()).isEqualTo(2);
    }
}
