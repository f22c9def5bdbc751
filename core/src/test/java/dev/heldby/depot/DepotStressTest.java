// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.recording.Threads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that save, put and fetch the same few stacks in a depot that has not room for all of them. */
@Timeout(120)
class DepotStressTest {
    private static final int THREADS = 4;
    private static final int STEPS = 30_000;
    private static final int STACKS = 6;
    private static final int CAPACITY = 4;

    private final StackDepot depot = new StackDepot(CAPACITY);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void should_reclaim_all_and_never_mix_stacks_up_when_saves_and_puts_race(long seed) throws Exception {
        Threads.runAtOnce(THREADS, thread -> new Walk(new Random(seed * THREADS + thread)).run(false));

        DepotStatistics end = depot.statistics();
        depot.forEach(stack -> {
            throw new AssertionError("Not reclaimed: " + stack.frames());
        });
        assertThat(end.records()).isZero();
        assertThat(end.countedFrees()).isEqualTo(end.countedSaves()).isGreaterThan(THREADS * CAPACITY);
        assertThat(end.refused()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void should_keep_what_is_saved_for_good_when_counted_saves_and_puts_race(long seed) throws Exception {
        Threads.runAtOnce(THREADS, thread -> new Walk(new Random(seed * THREADS + thread)).run(true));

        DepotStatistics end = depot.statistics();
        assertThat(end.permanent()).isBetween(1, CAPACITY);
        assertThat(end.countedInUse()).isZero();
        depot.forEach(stack -> {
            assertThat(stack.isPermanent()).isTrue();
            assertThat(stack.count()).isZero();
        });
    }

    /** One thread's doings; it puts all it saved in the end. */
    private final class Walk {
        private final Random random;
        private final List<Integer> held = new ArrayList<>();
        /** The stack's number by each handle that this thread ever got. */
        private final Map<Integer, Integer> numbers = new HashMap<>();

        Walk(Random random) {
            this.random = random;
        }

        void run(boolean alsoForGood) {
            for (int i = 0; i < STEPS; i++) {
                step(alsoForGood);
            }
            held.forEach(depot::put);
        }

        private void step(boolean alsoForGood) {
            int number = random.nextInt(STACKS);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> saveCounted(number);
                case 3 -> fetchAny();
                case 4 -> saveForGood(alsoForGood && number == 0 && random.nextInt(100) == 0);
                default -> putOne();
            }
        }

        private void saveCounted(int number) {
            int handle = NumberedStacks.beneath(number, depot, StackDepot::saveCounted);
            if (handle != 0) {
                held.add(handle);
                learn(handle, number);
                assertThat(NumberedStacks.number(depot.frames(handle))).isEqualTo(number);
            }
        }

        private void learn(int handle, int number) {
            Integer before = numbers.put(handle, number);
            assertThat(before == null || before == number)
                    .as("handle %d named stack %d and now names %d", handle, before, number)
                    .isTrue();
        }

        private void saveForGood(boolean wanted) {
            int handle = wanted ? NumberedStacks.beneath(0, depot, StackDepot::save) : 0;
            if (handle != 0) {
                assertThat(NumberedStacks.number(depot.frames(handle))).isZero();
            }
        }

        /** Of a handle that may have lapsed: its own stack or none. */
        private void fetchAny() {
            if (!held.isEmpty()) {
                int handle = held.get(random.nextInt(held.size()));
                assertThat(NumberedStacks.number(depot.frames(handle))).isEqualTo(numbers.get(handle));
            }
            numbers.keySet().stream()
                    .skip(random.nextInt(numbers.size() + 1))
                    .limit(1)
                    .forEach(this::fetchLapsed);
        }

        private void fetchLapsed(int handle) {
            assertThat(NumberedStacks.number(depot.frames(handle))).isIn(-1, numbers.get(handle));
        }

        private void putOne() {
            if (!held.isEmpty()) {
                int last = held.size() - 1;
                int i = random.nextInt(held.size());
                depot.put(held.get(i));
                held.set(i, held.get(last));
                held.remove(last);
            }
        }
    }
}
