// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.heap.LiveHeap;
import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java heap lies where the program's variables do; which of them live is made up. */
class PreciseScanTest {
    private final Program program = new Program();
    private final List<Long> live = new ArrayList<>();
    private Runnable onDump = () -> {};

    private final LiveHeap heap = new LiveHeap() {
        @Override
        public List<Region> where() {
            return List.of(new Region(Program.STATICS, Program.STATICS + 0x1000));
        }

        @Override
        public void words(Visitor visitor) throws IOException, InterruptedException {
            onDump.run();
            for (long word : live) {
                visitor.look(word);
            }
        }
    };

    private ScanResult scan() {
        program.pass(10);
        return program.scanner.scanPrecisely(heap);
    }

    private List<Long> leaksOfTwoScans() {
        scan();
        return Program.addresses(scan().newLeaks());
    }

    @Test
    void should_report_what_only_a_dead_object_points_to() {
        long dropped = program.allocate(100);
        program.variable(dropped);

        assertThat(program.leaksOfTwoScans()).isEmpty();
        assertThat(Program.addresses(scan().newLeaks())).containsExactly(dropped);
    }

    @Test
    void should_report_nothing_when_a_live_object_points_into_it() {
        live.add(program.allocate(100) + 40);

        assertThat(leaksOfTwoScans()).isEmpty();
    }

    @Test
    void should_report_nothing_when_memory_outside_of_the_heap_points_to_it() {
        program.write(Program.STATICS + 0x1000, program.allocate(100));

        assertThat(leaksOfTwoScans()).isEmpty();
    }

    @Test
    void should_report_nothing_when_a_block_that_an_object_holds_points_to_it() {
        long inner = program.allocate(64);
        long outer = program.allocate(64);
        program.write(outer, inner);
        live.add(outer);

        assertThat(leaksOfTwoScans()).isEmpty();
    }

    @Test
    void should_report_nothing_when_the_address_was_outside_before_the_dump_or_behind_it() {
        long outside = Program.STATICS + 0x1000;
        for (boolean before : new boolean[] {true, false}) {
            long block = program.allocate(64);
            scan();
            int[] looks = {0};
            program.onRead = address -> {
                if (address == outside) {
                    program.write(outside, looks[0]++ % 2 == 0 == before ? block : 0);
                }
            };

            assertThat(scan().newLeaks()).as("before the dump: " + before).isEmpty();
            assertThat(looks[0]).isGreaterThanOrEqualTo(2);
            program.onRead = address -> {};
            program.write(outside, 0);
            program.blocks.freed(block);
        }
    }

    @Test
    void should_report_nothing_when_only_the_second_dump_has_it() {
        long block = program.allocate(64);
        scan();
        int[] dumps = {0};
        onDump = () -> {
            if (++dumps[0] == 2) {
                live.add(block);
            }
        };

        assertThat(scan().newLeaks()).isEmpty();
        assertThat(dumps[0]).isEqualTo(2);
        live.clear();
        assertThat(scan().newLeaks()).hasSize(1);
    }

    @Test
    void should_dump_only_once_when_there_is_no_suspect() {
        live.add(program.allocate(64));
        scan();
        int[] dumps = {0};
        onDump = () -> dumps[0]++;

        scan();

        assertThat(dumps[0]).isEqualTo(1);
    }

    @Test
    void should_find_nothing_out_and_say_why_when_there_is_no_dump() {
        program.allocate(64);
        LiveHeap none = new LiveHeap() {
            @Override
            public List<Region> where() {
                return List.of();
            }

            @Override
            public void words(Visitor visitor) throws IOException {
                throw new IOException("the disk is full.");
            }
        };

        for (int i = 0; i < 3; i++) {
            program.pass(10);
            ScanResult result = program.scanner.scanPrecisely(none);
            assertThat(result.newLeaks()).isEmpty();
            assertThat(result.summary()).isEqualTo("The scan cannot be done: the disk is full.");
        }
    }

    @Test
    void should_keep_its_lock_and_its_state_when_a_fast_scan_comes_next() {
        long dropped = program.allocate(100);
        scan();

        assertThat(Program.addresses(program.scan().newLeaks())).containsExactly(dropped);
    }
}
