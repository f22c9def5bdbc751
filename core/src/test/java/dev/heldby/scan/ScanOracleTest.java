// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs at random, whose leaks are computed by plain reachability. */
class ScanOracleTest {
    private static final int BLOCKS = 300;
    private static final int LARGEST = 128;
    private static final int ROUNDS = 12;
    private static final int VARIABLES = 60;

    private final Program program = new Program(1_000, 2);
    private final Map<Long, Integer> sizes = new HashMap<>();
    private final Map<Long, Long> cells = new HashMap<>();
    private final Set<Long> roots = new HashSet<>();
    private final Set<Long> known = new HashSet<>();
    private final ArrayDeque<Long> freed = new ArrayDeque<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void should_report_exactly_what_cannot_be_reached(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            change(random);
            program.scan();
            List<Long> reported = program.leaksOfTwoScans();

            Set<Long> unreachable = unreachable();
            assertThat(program.listed()).containsExactlyInAnyOrderElementsOf(unreachable);
            assertThat(reported).noneMatch(known::contains);
            known.addAll(reported);
        }
        assertThat(program.complaints).isEmpty();
    }

    private void change(Random random) {
        while (sizes.size() < BLOCKS) {
            int size = LARGEST - random.nextInt(40) * 3;
            long block = allocate(size);
            sizes.put(block, size);
            if (random.nextInt(50) == 0) {
                program.blocks.notLeak(block);
                roots.add(block);
            }
        }
        List<Long> all = new ArrayList<>(sizes.keySet());
        for (int i = 0; i < 100; i++) {
            free(all.remove(random.nextInt(all.size())));
        }
        for (int i = 0; i < 150; i++) {
            long source = all.get(random.nextInt(all.size()));
            int words = sizes.get(source) / 8;
            set(source + 8L * random.nextInt(words), pointer(all, random));
        }
        for (int i = 0; i < 20; i++) {
            set(Program.STATICS + 8L * random.nextInt(VARIABLES), pointer(all, random));
        }
    }

    /** Where one was freed before, if there is such a place. */
    private long allocate(int size) {
        long address = freed.isEmpty() ? program.space(LARGEST) : freed.remove();
        program.blocks.allocated(address, size);
        return address;
    }

    private void free(long block) {
        program.blocks.freed(block);
        for (long place = block; place < block + sizes.get(block); place += 8) {
            set(place, 0);
        }
        sizes.remove(block);
        roots.remove(block);
        known.remove(block);
        freed.add(block);
    }

    private long pointer(List<Long> all, Random random) {
        long target = all.get(random.nextInt(all.size()));
        return random.nextInt(4) == 0 ? 0 : target + random.nextInt(sizes.get(target));
    }

    private void set(long place, long target) {
        program.write(place, target);
        cells.put(place, target);
    }

    private Set<Long> unreachable() {
        Set<Long> reached = new HashSet<>(roots);
        ArrayDeque<Long> left = new ArrayDeque<>(roots);
        for (int i = 0; i < VARIABLES; i++) {
            reach(cells.getOrDefault(Program.STATICS + 8L * i, 0L), reached, left);
        }
        while (!left.isEmpty()) {
            long block = left.remove();
            for (long place = block; place + 8 <= block + sizes.get(block); place += 8) {
                reach(cells.getOrDefault(place, 0L), reached, left);
            }
        }
        Set<Long> unreachable = new HashSet<>(sizes.keySet());
        unreachable.removeAll(reached);
        return unreachable;
    }

    private void reach(long pointer, Set<Long> reached, ArrayDeque<Long> left) {
        for (Map.Entry<Long, Integer> block : sizes.entrySet()) {
            boolean inside = pointer >= block.getKey() && pointer < block.getKey() + block.getValue();
            if (inside && reached.add(block.getKey())) {
                left.add(block.getKey());
            }
        }
    }
}
