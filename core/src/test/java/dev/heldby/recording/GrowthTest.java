// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each step makes some objects of one birth, and lasts five milliseconds; objects lie idle after a tenth of a second. */
class GrowthTest {
    private static final int STEPS = 100;
    private static final int HEALTHY_EACH = 8;

    private final Watched watched = Watched.fully(End.TOLD);
    private final Deque<Kept> kept = new ArrayDeque<>();

    private record Kept(Object object, Lifecycle lifecycle) {}

    /** What becomes of one of the objects made in a step; the others end well. */
    private interface Fate {
        void of(Kept object, int step);
    }

    @BeforeEach
    void keep_time() {
        watched.recorder.reaper().start();
        watched.snapshots.growthAfter(Duration.ofMillis(100));
    }

    private void run(int steps, Fate fate) throws InterruptedException {
        run(watched, steps, fate);
    }

    private static void run(Watched watched, int steps, Fate fate) throws InterruptedException {
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i <= HEALTHY_EACH; i++) {
                Object object = new Object();
                Lifecycle lifecycle = watched.born(object);
                if (i == HEALTHY_EACH / 2) {
                    fate.of(new Kept(object, lifecycle), step);
                } else {
                    watched.putAndDie(lifecycle);
                }
            }
            Thread.sleep(5);
        }
    }

    /** A pause of this JVM looks like a long life, after which more is to be seen. */
    private void forget() throws InterruptedException {
        long end = System.nanoTime() + Watched.PATIENCE.toNanos();
        do {
            run(STEPS, (object, step) -> kept.add(object));
        } while (growing().isEmpty() && System.nanoTime() - end < 0);
    }

    private List<Observation> growing() {
        return watched.observations();
    }

    @Test
    void should_tell_of_ever_more_that_lie_idle_while_others_end_well() throws InterruptedException {
        forget();

        assertThat(growing()).singleElement().satisfies(pile -> {
            assertThat(pile.state()).isEqualTo(State.GROWING);
            assertThat(pile.count()).isBetween(32L, (long) kept.size());
            assertThat(pile.example().birth())
                    .anyMatch(frame -> frame.getMethodName().equals("run"));
        });
    }

    @Test
    void should_tell_of_them_no_more_when_they_were_given_back() throws InterruptedException {
        forget();
        assertThat(growing()).isNotEmpty();
        kept.forEach(object -> watched.putAndDie(object.lifecycle()));

        assertThat(growing()).isEmpty();
    }

    @Test
    void should_be_silent_when_a_bounded_cache_fills_with_all_that_is_made() throws InterruptedException {
        for (int i = 0; i < 6 * STEPS; i++) {
            Object object = new Object();
            kept.add(new Kept(object, watched.born(object)));
            Thread.sleep(1);
        }

        assertThat(growing()).isEmpty();
    }

    @Test
    void should_be_silent_when_a_bounded_cache_gives_back_the_oldest() throws InterruptedException {
        run(2 * STEPS, (object, step) -> {
            kept.add(object);
            if (kept.size() > STEPS) {
                watched.putAndDie(kept.removeFirst().lifecycle());
            }
        });

        assertThat(growing()).isEmpty();
    }

    @Test
    void should_be_silent_when_a_bounded_cache_has_been_full_for_long() throws InterruptedException {
        run(2 * STEPS, (object, step) -> {
            if (kept.size() < STEPS / 2) {
                kept.add(object);
            } else {
                watched.putAndDie(object.lifecycle());
            }
        });

        assertThat(growing()).isEmpty();
    }

    @Test
    void should_be_silent_when_all_wait_for_a_consumer_that_has_stopped() throws InterruptedException {
        run(STEPS, (object, step) -> watched.putAndDie(object.lifecycle()));
        for (int i = 0; i < 2 * STEPS; i++) {
            Object object = new Object();
            kept.add(new Kept(object, watched.born(object)));
            Thread.sleep(2);
        }

        assertThat(growing()).isEmpty();
    }

    @Test
    void should_be_silent_while_what_is_kept_is_used() throws InterruptedException {
        watched.snapshots.growthAfter(Duration.ofMillis(500));
        run(3 * STEPS, (object, step) -> {
            kept.add(object);
            kept.forEach(each -> {
                watched.get(each.lifecycle());
                watched.put(each.lifecycle());
            });
        });

        assertThat(growing()).isEmpty();
    }

    @Test
    void should_be_silent_when_much_was_made_at_once() throws InterruptedException {
        List<Kept> burst = new ArrayList<>();
        run(STEPS, (object, step) -> {
            if (step > 0) {
                watched.putAndDie(object.lifecycle());
            } else {
                kept.add(object);
            }
        });
        for (int i = 0; i < STEPS; i++) {
            Object object = new Object();
            burst.add(new Kept(object, watched.born(object)));
        }
        run(STEPS, (object, step) -> watched.putAndDie(object.lifecycle()));

        assertThat(burst).hasSize(STEPS);
        assertThat(growing()).isEmpty();
    }

    @Test
    void should_not_guess_without_stacks() throws InterruptedException {
        Watched counting = new Watched(Level.COUNT, End.TOLD);
        counting.snapshots.growthAfter(Duration.ofMillis(100));
        run(counting, STEPS, (object, step) -> kept.add(object));

        assertThat(counting.observations()).isEmpty();
    }
}
