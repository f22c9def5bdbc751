// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads at once; every total is exact. */
@Timeout(120)
class RecorderStressTest {
    private static final int THREADS = 8;

    @ParameterizedTest
    @EnumSource(value = Level.class, names = "OFF", mode = EnumSource.Mode.EXCLUDE)
    void should_know_the_references_left_when_threads_share_one_object(Level level) throws InterruptedException {
        Watched watched = new Watched(level, End.LAST_PUT);
        Object shared = new Object();
        Lifecycle lifecycle = watched.born(shared);
        AtomicInteger left = new AtomicInteger(1);
        Threads.runAtOnce(THREADS, number -> {
            Random random = new Random(number);
            for (int i = 0; i < 5_000; i++) {
                int references = 1 + random.nextInt(3);
                watched.recorder.get(lifecycle, references);
                watched.recorder.use(lifecycle);
                if (random.nextInt(100) > 0) {
                    watched.recorder.put(lifecycle, references);
                } else {
                    left.addAndGet(references);
                }
            }
        });

        assertThat(lifecycle.count()).isEqualTo(left.get());
        assertThat(watched.observations()).isEmpty();
    }

    /** Counts that lag behind their order would read like events of several references. */
    @Test
    void should_write_counts_that_fit_their_order_when_threads_share_one_object() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            Watched watched = Watched.fully(End.TOLD);
            Object shared = new Object();
            Lifecycle lifecycle = watched.born(shared);
            Threads.runAtOnce(4, number -> {
                for (int i = 0; i < 5; i++) {
                    watched.get(lifecycle);
                    watched.put(lifecycle);
                }
            });

            for (int i = 1; i < lifecycle.trail.size(); i++) {
                int change = lifecycle.trail.op(i) == Op.GET ? 1 : -1;
                assertThat(lifecycle.trail.count(i)).isEqualTo(lifecycle.trail.count(i - 1) + change);
            }
        }
    }

    @Test
    void should_drop_all_but_a_bounded_history_and_count_it_when_threads_share_one_object()
            throws InterruptedException {
        Watched watched = Watched.fully(End.TOLD);
        Object shared = new Object();
        Lifecycle lifecycle = watched.born(shared);
        Threads.runAtOnce(THREADS, number -> {
            for (int i = 0; i < 1_000; i++) {
                watched.get(lifecycle);
            }
        });
        var example = watched.snapshots.atExit().observations().get(0).example();

        assertThat(example.events()).hasSize(Trail.FIRST + Trail.LAST);
        assertThat(example.events().size() + example.dropped()).isEqualTo(1 + THREADS * 1_000);
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void should_report_exactly_the_leaked_ones_when_threads_make_many_objects(End end) throws InterruptedException {
        Watched watched = Watched.fully(end);
        List<Object> leaked = Collections.synchronizedList(new ArrayList<>());
        AtomicLong born = new AtomicLong();
        Threads.runAtOnce(THREADS, number -> {
            Random random = new Random(number);
            Object recycled = new Object();
            Lifecycle last = null;
            for (int i = 0; i < 3_000; i++) {
                boolean again = random.nextBoolean();
                Object object = again ? recycled : new Object();
                Lifecycle lifecycle = watched.bornAgain(object, again ? last : null);
                last = again ? lifecycle : last;
                born.incrementAndGet();
                watched.get(lifecycle);
                watched.put(lifecycle);
                if (!again && random.nextInt(50) == 0) {
                    leaked.add(object);
                } else {
                    watched.putAndDie(lifecycle);
                }
            }
        });
        Snapshot atExit = watched.snapshots.atExit();

        assertThat(atExit.observations().stream().mapToLong(Observation::count).sum())
                .isEqualTo(leaked.size());
        assertThat(atExit.healthy().stream()
                        .mapToLong(healthy -> healthy.count())
                        .sum())
                .isEqualTo(born.get() - leaked.size());
        assertThat(atExit.coverage()).isEqualTo(new Coverage(born.get(), leaked.size(), born.get(), 0, List.of()));
    }

    @Test
    void should_let_one_death_count_when_threads_give_back_the_last_references_at_once() throws InterruptedException {
        Watched watched = Watched.fully(End.LAST_PUT);
        int objects = 500;
        List<Object> held = new ArrayList<>();
        List<Lifecycle> lifecycles = new ArrayList<>();
        for (int i = 0; i < objects; i++) {
            held.add(new Object());
            lifecycles.add(watched.born(held.get(i)));
            watched.recorder.get(lifecycles.get(i), THREADS - 1);
        }
        Threads.runAtOnce(THREADS, number -> lifecycles.forEach(watched::put));
        watched.born(watched);
        Snapshot atExit = watched.snapshots.atExit();

        assertThat(atExit.healthy().stream()
                        .mapToLong(healthy -> healthy.count())
                        .sum())
                .isEqualTo(objects);
        assertThat(watched.liveCount()).isEqualTo(1);
    }

    @Test
    void should_report_each_surplus_put_once_when_threads_put_at_once() throws InterruptedException {
        Watched watched = Watched.fully(End.TOLD);
        Object shared = new Object();
        Lifecycle lifecycle = watched.born(shared);
        watched.putAndDie(lifecycle);
        Threads.runAtOnce(THREADS, number -> {
            for (int i = 0; i < 200; i++) {
                watched.refusedPut(lifecycle);
            }
        });

        assertThat(watched.observations().stream().mapToLong(Observation::count).sum())
                .isEqualTo(THREADS * 200L);
        assertThat(lifecycle.count()).isZero();
        assertThat(lifecycle.trail.size()).isEqualTo(2);
    }
}
