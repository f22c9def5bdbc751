// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HandleRaceTest {
    private static final int THREADS = 4;

    private final Checked checked = Checked.fully();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    /** What all threads use, and what destroys it says so. */
    private static final class Toy {
        final AtomicInteger destroyed = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();
        volatile int openAtEnd = -1;

        void destroy() {
            openAtEnd = open.get();
            destroyed.incrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private void atOnce(int count, IntConsumer work) throws Exception {
        CyclicBarrier together = new CyclicBarrier(count);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            running.add(threads.submit(() -> {
                together.await();
                work.accept(number);
                return null;
            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
    }

    @Test
    void should_give_back_once_when_two_threads_close_one_handle() throws Exception {
        int rounds = 2_000;
        for (int i = 0; i < rounds; i++) {
            Toy toy = new Toy();
            Handle<Toy> first = Handle.of(toy, Toy::destroy, checked.witness);
            Handle<Toy> shared = first.retain();
            atOnce(2, number -> shared.close());
            assertThat(first.count()).isEqualTo(1);
            first.close();
            assertThat(toy.destroyed).hasValue(1);
        }

        assertThat(checked.complaints)
                .hasSize(rounds)
                .allMatch(each -> each.kind().equals("double-put"));
        assertThat(checked.observations()).allMatch(each -> each.state() == Observation.State.SURPLUS_PUT);
        assertThat(checked.observations().stream().mapToLong(Observation::count).sum())
                .isEqualTo(rounds);
    }

    @Test
    void should_never_revive_an_object_when_a_get_races_with_the_last_put() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            Toy toy = new Toy();
            Handle<Toy> handle = Handle.of(toy, Toy::destroy, checked.witness);
            List<Handle<Toy>> taken = new ArrayList<>();
            atOnce(2, number -> {
                if (number == 0) {
                    handle.close();
                } else {
                    retainIfOpen(handle, taken);
                }
            });
            assertThat(toy.destroyed).hasValue(1 - taken.size());
            taken.forEach(Handle::close);
            assertThat(toy.destroyed).hasValue(1);
        }
    }

    private static void retainIfOpen(Handle<Toy> handle, List<Handle<Toy>> taken) {
        try {
            taken.add(handle.retain());
        } catch (LapsedHandleException e) {
            assertThat(e).hasMessageContaining("was used after it had been given back");
        }
    }

    @Test
    void should_destroy_each_object_once_and_last_when_threads_use_them_at_random() throws Exception {
        List<Toy> toys = new ArrayList<>();
        List<Handle<Toy>> firsts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Toy toy = new Toy();
            toy.open.set(1);
            toys.add(toy);
            firsts.add(Handle.of(toy, Toy::destroy, checked.witness));
        }
        AtomicInteger lapsed = new AtomicInteger();
        List<Handle<Toy>> starts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            firsts.forEach(each -> starts.add(opened(each)));
        }
        firsts.forEach(HandleRaceTest::closed);
        atOnce(THREADS, number -> {
            List<Handle<Toy>> own = starts.subList(number * firsts.size(), (number + 1) * firsts.size());
            lapsed.addAndGet(new Model(new Random(42 + number), own).run(5_000));
        });

        assertThat(toys).allMatch(toy -> toy.destroyed.get() == 1 && toy.openAtEnd == 0);
        assertThat(checked.observations().stream().mapToLong(Observation::count).sum())
                .isEqualTo(lapsed.get());
        assertThat(checked.leaks()).allMatch(each -> each.state() != Observation.State.UNREACHABLE);
    }

    private static Handle<Toy> opened(Handle<Toy> handle) {
        handle.get().open.incrementAndGet();
        return handle.retain();
    }

    private static void closed(Handle<Toy> handle) {
        handle.get().open.decrementAndGet();
        handle.close();
    }

    /** One thread's handles: those that it knows to be open and those that it knows to be closed. */
    private static final class Model {
        private final Random random;
        private final List<Handle<Toy>> open;
        private final List<Handle<Toy>> closed = new ArrayList<>();
        private int mistakes;

        Model(Random random, List<Handle<Toy>> own) {
            this.random = random;
            open = new ArrayList<>(own);
        }

        /** Ends with every handle closed; returns how many mistakes were made, and noticed. */
        int run(int steps) {
            for (int i = 0; i < steps && !open.isEmpty(); i++) {
                step(open.get(random.nextInt(open.size())));
            }
            while (!open.isEmpty()) {
                close(open.get(open.size() - 1));
            }
            return mistakes;
        }

        private void step(Handle<Toy> handle) {
            int choice = random.nextInt(100);
            if (choice < 40) {
                open.add(opened(handle));
            } else if (choice < 80) {
                close(handle);
            } else if (choice < 98 || closed.isEmpty()) {
                assertThat(handle.get().destroyed).hasValue(0);
            } else {
                makeMistake(closed.get(random.nextInt(closed.size())));
            }
        }

        private void close(Handle<Toy> handle) {
            closed(handle);
            open.remove(handle);
            closed.add(handle);
        }

        private void makeMistake(Handle<Toy> handle) {
            mistakes++;
            if (random.nextBoolean()) {
                handle.close();
                return;
            }
            try {
                handle.get();
                throw new AssertionError("A closed handle gave access");
            } catch (LapsedHandleException expected) {
                assertThat(expected.getSuppressed()).hasSize(2);
            }
        }
    }
}
