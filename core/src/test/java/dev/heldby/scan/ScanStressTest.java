// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.Threads;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scans while the program goes on. */
@Timeout(120)
class ScanStressTest {
    private static final int MUTATORS = 3;
    private static final int EACH = 100;
    private static final int SIZE = 64;

    private final Program program = new Program(1_000, 2);

    /** A block is referenced before it is recorded and until it was freed, so that it is never a leak. */
    private final class Mutator {
        private final long statics;
        private final long blocks;
        private final boolean[] held = new boolean[EACH];
        private final boolean[] moved = new boolean[EACH];

        Mutator(int number) {
            statics = Program.STATICS + number * EACH * 16L;
            blocks = Program.ARENA + number * EACH * (long) SIZE;
        }

        private long place(int which, boolean second) {
            return statics + which * 16L + (second ? 8 : 0);
        }

        void change(int which) {
            long block = blocks + which * (long) SIZE;
            if (!held[which]) {
                program.write(place(which, moved[which]), block);
                program.blocks.allocated(block, SIZE);
                held[which] = true;
            } else if (which % 2 == 0) {
                program.blocks.freed(block);
                program.write(place(which, moved[which]), 0);
                held[which] = false;
            } else {
                program.write(place(which, !moved[which]), block);
                program.write(place(which, moved[which]), 0);
                moved[which] = !moved[which];
            }
        }
    }

    @Test
    void should_report_nothing_but_the_leak_when_the_program_allocates_frees_and_moves_meanwhile()
            throws InterruptedException {
        program.blocks.levels(rule -> Level.COUNT);
        program.scanner.choose(new Scanner.Choices(true, 0, 1));
        long leak = Program.ARENA + MUTATORS * EACH * (long) SIZE;
        program.blocks.allocated(leak, SIZE);
        AtomicBoolean scanning = new AtomicBoolean(true);
        Threads.runAtOnce(MUTATORS + 1, number -> {
            if (number == MUTATORS) {
                scan(scanning);
            } else {
                mutate(new Mutator(number), new Random(number), scanning);
            }
        });

        assertThat(program.complaints).isEmpty();
        assertThat(program.listed()).containsExactly(leak);
    }

    private void scan(AtomicBoolean scanning) {
        try {
            for (int i = 0; i < 100; i++) {
                assertThat(program.scanner.scan().isComplete()).isTrue();
            }
        } finally {
            scanning.set(false);
        }
    }

    private static void mutate(Mutator mutator, Random random, AtomicBoolean scanning) {
        while (scanning.get()) {
            mutator.change(random.nextInt(EACH));
        }
    }
}
