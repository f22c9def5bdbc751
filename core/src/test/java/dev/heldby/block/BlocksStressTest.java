// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.depot.StackDepot;
import dev.heldby.recording.Threads;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once; no record is lost and none is left. */
@Timeout(120)
class BlocksStressTest {
    private static final int THREADS = 8;
    private static final int PLACES = 2_000;
    private static final long SPAN = 1L << 30;
    private static final long BASE = 0x7f00_0000_0000L;

    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Blocks blocks(int capacity) {
        return new Blocks(capacity, new StackDepot(0), () -> 1, System::currentTimeMillis, complaints::add);
    }

    @Test
    void should_have_each_block_that_was_not_freed_when_threads_allocate_and_free() throws InterruptedException {
        Blocks blocks = blocks(THREADS * PLACES);
        boolean[][] held = new boolean[THREADS][PLACES];
        Threads.runAtOnce(THREADS, number -> {
            Random random = new Random(number);
            for (int i = 0; i < 50_000; i++) {
                int place = random.nextInt(PLACES);
                long address = BASE + number * SPAN + place * 64L;
                if (held[number][place]) {
                    blocks.freed(address);
                } else {
                    blocks.allocated(address, 48);
                }
                held[number][place] = !held[number][place];
            }
        });

        BlockIndex index = blocks.index();
        int expected = 0;
        for (int number = 0; number < THREADS; number++) {
            for (int place = 0; place < PLACES; place++) {
                boolean found = index.find(BASE + number * SPAN + place * 64L + 47) != BlockIndex.NONE;
                assertThat(found).isEqualTo(held[number][place]);
                expected += found ? 1 : 0;
            }
        }
        assertThat(index.size()).isEqualTo(expected).isEqualTo(blocks.held());
        assertThat(index.isSound()).isTrue();
        assertThat(complaints).isEmpty();
    }

    @Test
    void should_go_on_when_threads_fill_it_to_the_last_record_again_and_again() throws InterruptedException {
        int each = 100;
        Blocks blocks = blocks(THREADS * each);
        Threads.runAtOnce(THREADS, number -> {
            for (int round = 0; round < 200; round++) {
                for (int i = 0; i < each; i++) {
                    blocks.allocated(BASE + number * SPAN + (round * each + i) * 64L, 64);
                }
                for (int i = 0; i < each; i++) {
                    blocks.freed(BASE + number * SPAN + (round * each + i) * 64L);
                }
            }
        });

        assertThat(complaints).isEmpty();
        assertThat(blocks.isOn()).isTrue();
        assertThat(blocks.held()).isZero();
    }

    @Test
    void should_say_once_that_it_ended_and_throw_nothing_when_threads_overfill_it() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            complaints.clear();
            Blocks blocks = blocks(1_000);
            Threads.runAtOnce(THREADS, number -> {
                for (int i = 0; i < 500; i++) {
                    blocks.allocated(BASE + number * SPAN + i * 64L, 64);
                    blocks.notLeak(BASE + number * SPAN + i * 64L);
                }
            });

            assertThat(complaints).hasSize(1);
            assertThat(blocks.held()).isZero();
        }
    }

    @Test
    void should_never_find_an_overlap_when_memory_is_reused_while_indices_are_made() throws InterruptedException {
        Blocks blocks = blocks(10_000);
        AtomicInteger running = new AtomicInteger(2);
        Threads.runAtOnce(3, number -> {
            if (number == 2) {
                while (running.get() > 0) {
                    assertThat(blocks.index().isSound()).isTrue();
                }
                return;
            }
            long base = BASE + number * SPAN;
            for (int i = 0; i < 20_000; i++) {
                long first = base + i % 500 * 256L;
                blocks.allocated(first, 256);
                blocks.freed(first);
                blocks.allocated(first + 64, 100);
                blocks.freed(first + 64);
            }
            running.decrementAndGet();
        });

        assertThat(complaints).isEmpty();
    }
}
