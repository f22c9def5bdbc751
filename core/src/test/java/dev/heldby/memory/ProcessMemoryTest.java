// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProcessMemoryTest {
    private static final int PAGE = 4096;

    private static ProcessMemory memory;
    private static long inStaticField;

    /** A word that is nowhere else; what the tests keep of it is its complement. */
    private final long complement = new SecureRandom().nextLong();

    private long inField;

    @BeforeAll
    static void open() throws IOException {
        memory = new ProcessMemory();
    }

    private Finding find(boolean threadStacks) throws IOException {
        return Finding.of(memory, complement, threadStacks);
    }

    @Test
    void should_give_regions_in_order_and_without_overlap_when_asked() throws IOException {
        List<Region> regions = memory.regions(true);

        assertThat(regions).hasSizeGreaterThan(10).allMatch(region -> region.size() > 0);
        for (int i = 1; i < regions.size(); i++) {
            assertThat(regions.get(i).start())
                    .isGreaterThanOrEqualTo(regions.get(i - 1).end());
        }
    }

    @Test
    void should_find_a_word_when_it_is_in_a_field() throws IOException {
        inField = ~complement;

        assertThat(find(false).count()).isPositive();
        assertThat(inField).isEqualTo(~complement);
    }

    @Test
    void should_find_a_word_when_it_is_in_a_static_field() throws IOException {
        inStaticField = ~complement;

        assertThat(find(false).count()).isPositive();
        assertThat(inStaticField).isEqualTo(~complement);
    }

    @Test
    void should_find_a_word_when_it_is_in_an_array() throws IOException {
        long[] array = new long[1_000_000];
        array[765_432] = ~complement;

        assertThat(find(false).count()).isPositive();
        assertThat(array[765_432]).isEqualTo(~complement);
    }

    @Test
    void should_find_a_word_when_it_is_off_the_heap() throws IOException {
        for (int size : new int[] {64, 5_000, 3_000_000}) {
            try (Block block = new Block(size)) {
                block.put(size / 2 & -8, ~complement);

                assertThat(find(false).count())
                        .as("in a block of %d bytes", size)
                        .isPositive();
                block.put(size / 2 & -8, 0);
            }
        }
    }

    @Test
    void should_keep_no_copy_of_a_word_when_it_was_read() throws IOException {
        try (Block block = new Block(1 << 20)) {
            block.put(800_000, ~complement);
            assertThat(find(true).count()).isPositive();
            block.put(800_000, 0);

            assertThat(find(true).count()).isZero();
        }
    }

    @Test
    void should_find_a_word_on_the_stack_of_a_thread_only_when_stacks_are_wanted() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            long onStack = ~complement;
            started.countDown();
            await(end);
            assertThat(onStack).isEqualTo(~complement);
        });
        thread.start();
        started.await();

        assertThat(find(true).count()).isPositive();
        assertThat(find(false).count()).isZero();
        end.countDown();
        thread.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_leave_out_the_stack_of_a_thread_that_runs_when_stacks_are_not_wanted() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            long onStack = ~complement;
            started.countDown();
            spin(end);
            assertThat(onStack).isEqualTo(~complement);
        });
        thread.start();
        started.await();

        assertThat(find(false).count()).isZero();
        end.set(true);
        thread.join();
    }

    /* Apart from the word, which the JVM would copy off the stack if it compiled its method in the middle of a loop. */
    private static void spin(AtomicBoolean end) {
        while (!end.get()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void should_leave_out_the_stack_of_the_thread_that_asks_when_stacks_are_wanted() throws IOException {
        long onStack = ~complement;

        assertThat(find(true).count()).isZero();
        assertThat(onStack).isEqualTo(~complement);
    }

    @Test
    void should_read_nothing_when_the_address_is_not_mapped() {
        assertThat(memory.read(0, new long[10], 10)).isZero();
        assertThat(memory.read(PAGE, new long[10], 10)).isZero();
        assertThat(memory.read(0x7fff_ffff_f000L, new long[10], 10)).isZero();
    }

    @Test
    void should_end_the_reading_when_what_follows_is_not_mapped() throws IOException {
        Region last = beforeHole();
        long[] words = new long[2 * PAGE];

        assertThat(memory.read(last.end() - PAGE, words, words.length)).isEqualTo(PAGE / Long.BYTES);
    }

    private static Region beforeHole() throws IOException {
        List<Mapping> mappings = Mapping.ofThisProcess();
        for (int i = 0; i + 1 < mappings.size(); i++) {
            if (mappings.get(i).mayHoldReferences()
                    && mappings.get(i).end() < mappings.get(i + 1).start()) {
                return mappings.get(i).where();
            }
        }
        throw new AssertionError("There is no hole.");
    }

    @Test
    void should_go_on_when_memory_is_freed_while_it_is_read() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            while (!end.get()) {
                try (Block block = new Block(40 << 20)) {
                    for (long at = 0; at < 40 << 20; at += PAGE) {
                        block.put(at, at);
                    }
                }
            }
        });
        thread.start();
        for (int i = 0; i < 10; i++) {
            assertThat(find(true).words()).isPositive();
        }
        end.set(true);
        thread.join();
    }

    @Test
    void should_read_what_was_written_and_no_more_when_a_block_is_large() throws IOException {
        long size = 1L << 30;
        try (Block block = new Block(size)) {
            block.put(size / 2, ~complement);
            long before = residentKilobytes();

            assertThat(within(memory.regions(false), block.address(), block.address() + size))
                    .isLessThan(3 * 2 << 20);
            assertThat(find(false).count()).isPositive();
            assertThat(residentKilobytes() - before).isLessThan(100_000);
        }
    }

    private static long within(List<Region> regions, long start, long end) {
        return regions.stream()
                .mapToLong(region -> Math.min(region.end(), end) - Math.max(region.start(), start))
                .filter(common -> common > 0)
                .sum();
    }

    private static long residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    @Test
    void should_read_all_the_same_when_the_thread_was_interrupted() throws IOException {
        inField = ~complement;
        Thread.currentThread().interrupt();
        Finding found = find(false);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(found.count()).isPositive();
    }

    @Test
    void should_read_the_same_when_threads_read_at_once() throws Exception {
        try (Block block = new Block(1 << 20)) {
            for (int at = 0; at < 1 << 20; at += Long.BYTES) {
                block.put(at, at);
            }
            Reader[] readers = new Reader[4];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = new Reader(block);
                readers[i].start();
            }
            for (Reader reader : readers) {
                reader.join();
                assertThat(reader.wrong).isZero();
            }
        }
    }

    private static final class Reader extends Thread {
        private final Block block;
        private long wrong;

        Reader(Block block) {
            this.block = block;
        }

        @Override
        public void run() {
            long[] words = new long[1 << 17];
            for (int i = 0; i < 50; i++) {
                wrong += words.length - memory.read(block.address(), words, words.length);
                for (int at = 0; at < words.length; at++) {
                    wrong += (words[at] ^ memory.key()) == (long) at * Long.BYTES ? 0 : 1;
                }
            }
        }
    }

    @Test
    void should_change_the_number_of_movements_when_there_was_a_collection() {
        long before = memory.movements();
        System.gc();

        assertThat(memory.movements()).isGreaterThan(before);
    }

    @Test
    void should_say_what_cannot_be_read_and_what_to_do_when_a_file_is_not_there() {
        assertThatThrownBy(() -> new ProcFile("/proc/self/none"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "/proc/self/none cannot be read (/proc/self/none), so a scan of this process's memory cannot be"
                                + " done. It needs Linux, and a process that may look at itself: give the java launcher no file"
                                + " capabilities (setcap -r), and do not make the process undumpable.");
    }
}
