// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.memory.Memory.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlibcStacksTest {
    private static final int SELF = 1;
    private static final int WAITS = 2;
    private static final int ENDS = 3;
    private static final int CACHED = 4;
    private static final StackPointers POINTERS =
            new StackPointers(SELF, Map.of(SELF, Thread.top(SELF) - 0x100, WAITS, Thread.top(WAITS) - 0x100, ENDS, 0L));

    private final Ring ring = new Ring();
    private final GlibcStacks stacks =
            new GlibcStacks(ring, Mapping.parseAll("10000-100000 rw-p 00000000 00:00 0"), 1 << 12);

    /** Where glibc would put the stack of a thread and its record. */
    private static final class Thread {
        private static final long SIZE = 0x10000;

        static long block(int tid) {
            return tid * SIZE;
        }

        static long record(int tid) {
            return block(tid) + SIZE - 0x940;
        }

        static long top(int tid) {
            return record(tid) - 0x40;
        }

        static Region stack(int tid) {
            return new Region(block(tid), top(tid));
        }
    }

    /** Memory in which there are records of threads, and zeros. */
    private static final class Ring implements Memory {
        private final Map<Long, Long> words = new HashMap<>();
        private int reads;
        private Runnable onRead = () -> {};

        /** Each record links to the next one, and the last one to the first. */
        void link(Integer... tids) {
            for (int i = 0; i < tids.length; i++) {
                long record = Thread.record(tids[i]);
                long next = Thread.record(tids[(i + 1) % tids.length]);
                words.put(record, next);
                words.put(next + 8, record);
                words.put(record + 16, (long) tids[i]);
                words.put(record + 64, Thread.top(tids[i]));
                words.put(record + 512, Thread.block(tids[i]));
                words.put(record + 520, Thread.SIZE);
            }
        }

        @Override
        public List<Region> regions(boolean threadStacks) {
            return List.of();
        }

        @Override
        public int read(long address, long[] read, int count) {
            reads++;
            for (int i = 0; i < count; i++) {
                read[i] = words.getOrDefault(address + 8L * i, 0L);
            }
            onRead.run();
            return count;
        }

        @Override
        public long movements() {
            return 0;
        }
    }

    @Test
    void should_find_the_stack_of_each_thread_that_the_kernel_knows() {
        ring.link(SELF, ENDS, CACHED, WAITS);

        assertThat(stacks.find(POINTERS))
                .containsOnly(
                        Map.entry(SELF, Thread.stack(SELF)),
                        Map.entry(ENDS, Thread.stack(ENDS)),
                        Map.entry(WAITS, Thread.stack(WAITS)));
    }

    @Test
    void should_walk_anew_when_a_thread_ends_whose_record_it_reads() {
        endThread();
        ring.onRead = () -> {
            if (ring.reads == 50) {
                ring.link(SELF, WAITS);
            }
        };

        assertThat(stacks.find(POINTERS)).containsOnlyKeys(SELF, WAITS);
    }

    @Test
    void should_give_up_soon_when_the_ring_never_leads_back() {
        endThread();

        assertThat(stacks.find(POINTERS)).containsOnlyKeys(SELF, ENDS);
        assertThat(ring.reads).isLessThan(2_000);
    }

    /** Its record is then in the ring of those whose stacks are kept for other threads, from which no way leads back. */
    private void endThread() {
        ring.link(SELF, ENDS, WAITS);
        ring.words.put(Thread.record(ENDS), Thread.record(CACHED));
        ring.words.put(Thread.record(CACHED), Thread.record(ENDS));
    }
}
