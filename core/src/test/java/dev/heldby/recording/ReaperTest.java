// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Observation;
import java.lang.ref.Reference;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReaperTest {
    private final Watched watched = Watched.fully(End.TOLD);

    private void dropOne() {
        watched.get(watched.born(new Object()));
    }

    @Test
    void should_report_an_object_when_it_is_unreachable_with_references_left() {
        watched.startReaper(Duration.ZERO);
        dropOne();
        watched.collect();
        Observation unreachable = watched.observation();

        assertThat(unreachable.state()).isEqualTo(Observation.State.UNREACHABLE);
        assertThat(Watched.words(unreachable.example())).isEqualTo("BORN 1, GET 2");
        assertThat(watched.liveCount()).isZero();
    }

    @Test
    void should_report_an_object_when_it_became_unreachable_in_its_second_life() {
        watched.startReaper(Duration.ZERO);
        dropInSecondLife();
        watched.collect();

        assertThat(watched.observation().state()).isEqualTo(Observation.State.UNREACHABLE);
    }

    private void dropInSecondLife() {
        Object object = new Object();
        Lifecycle lifecycle = watched.born(object);
        watched.putAndDie(lifecycle);
        watched.bornAgain(object, lifecycle);
    }

    @Test
    void should_report_a_mapped_object_when_it_is_unreachable() {
        watched.startReaper(Duration.ZERO);
        dropMapped();
        watched.collect();

        assertThat(watched.observation().count()).isEqualTo(1);
    }

    private void dropMapped() {
        watched.bornMapped(new Object());
    }

    @Test
    void should_report_an_object_once_when_two_ways_lead_to_it() {
        Lifecycle lifecycle = watched.born(new Object());
        watched.recorder.badEnds.objectCollected(lifecycle);
        watched.recorder.badEnds.objectCollected(lifecycle);

        assertThat(watched.observation().count()).isEqualTo(1);
    }

    @RepeatedTest(5)
    void should_have_seen_every_object_of_a_collection_when_many_are_unreachable() {
        watched.startReaper(Duration.ZERO);
        for (int i = 0; i < 20_000; i++) {
            dropMapped();
        }
        watched.collect();

        assertThat(watched.observation().count()).isEqualTo(20_000);
    }

    @Test
    void should_report_nothing_when_the_object_is_still_reachable() {
        watched.startReaper(Duration.ZERO);
        Object object = new Object();
        watched.born(object);
        watched.collect();

        assertThat(watched.observations()).isEmpty();
        Reference.reachabilityFence(object);
    }

    @Test
    void should_report_nothing_when_the_object_is_dead_or_excused_or_abandoned() {
        Watched switchedOff = new Watched(watched.recorder, Level.FULL, End.TOLD);
        watched.startReaper(Duration.ZERO);
        dropDeadAndExcused(switchedOff);
        watched.collect();

        assertThat(watched.observations()).isEmpty();
        assertThat(watched.liveCount()).isZero();
    }

    private void dropDeadAndExcused(Watched switchedOff) {
        watched.putAndDie(watched.bornMapped(new Object()));
        Object excused = new Object();
        watched.born(excused);
        watched.recorder.excuse(excused);
        switchedOff.born(new Object());
        watched.recorder.setLevel(switchedOff.rule, Level.OFF);
    }

    @Test
    void should_give_up_when_nobody_reaps_and_the_limit_is_over() {
        long begun = System.nanoTime();
        Reaper.collect(watched.recorder, Duration.ofMillis(300));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void should_report_an_object_once_when_it_is_older_than_the_age() {
        Object object = new Object();
        Lifecycle lifecycle = watched.born(object);
        lifecycle.bornMicros -= 2_000_000;
        watched.recorder.badEnds.olderThan(1_000_000);
        watched.recorder.badEnds.olderThan(1_000_000);

        assertThat(watched.observation().state()).isEqualTo(Observation.State.AGED);
        assertThat(watched.observation().count()).isEqualTo(1);
        Reference.reachabilityFence(object);
    }

    @Test
    void should_report_nothing_when_the_object_is_younger_than_the_age() {
        Object object = new Object();
        watched.born(object);
        watched.recorder.badEnds.olderThan(60_000_000);

        assertThat(watched.observations()).isEmpty();
        Reference.reachabilityFence(object);
    }

    @Test
    void should_look_for_aged_objects_by_itself_when_an_age_is_set() throws InterruptedException {
        Object object = new Object();
        watched.born(object);
        watched.startReaper(Duration.ofMillis(1));
        while (watched.observations().isEmpty()) {
            Thread.sleep(10);
        }

        assertThat(watched.observation().state()).isEqualTo(Observation.State.AGED);
        Reference.reachabilityFence(object);
    }
}
