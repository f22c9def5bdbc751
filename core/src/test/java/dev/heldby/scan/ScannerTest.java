// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Behaviour;
import dev.heldby.block.Block;
import dev.heldby.scan.ScanResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScannerTest {
    private final Program program = new Program();
    private final Scanner scanner = program.scanner;

    private void consecutive(int scans) {
        scanner.choose(new Scanner.Choices(true, 5_000, scans));
    }

    /** A block with a pointer to the other at its begin. */
    private long pointingTo(long target) {
        long block = program.allocate(64);
        program.write(block, target);
        return block;
    }

    @Test
    @Behaviour(
            value = "KM-1",
            choice =
                    "Unless one scan is asked for, as here, two in a row must miss a block: it is reported by the third.")
    void should_report_at_the_second_scan_when_a_block_was_dropped() {
        long dropped = program.allocate(100);

        assertThat(program.scan().newLeaks()).isEmpty();
        ScanResult second = program.scan();

        assertThat(Program.addresses(second.newLeaks())).containsExactly(dropped);
        assertThat(second.summary()).isEqualTo("1 new suspected leak of off-heap memory.");
        assertThat(program.listed()).containsExactly(dropped);
        assertThat(program.scan().newLeaks()).isEmpty();
    }

    @Test
    void should_report_at_the_third_scan_when_nothing_else_was_chosen() {
        scanner.choose(new Scanner(program.blocks, program).choices());
        long dropped = program.allocate(100);
        long once = program.allocate(100);

        assertThat(program.scan().newLeaks()).isEmpty();
        assertThat(program.scan().newLeaks()).isEmpty();
        long variable = program.variable(once);
        assertThat(program.leaksOfAScan()).containsExactly(dropped);
        program.write(variable, 0);
        assertThat(program.scan().newLeaks()).isEmpty();
        assertThat(program.leaksOfAScan()).containsExactly(once);
    }

    @Test
    void should_report_at_the_third_scan_when_the_first_was_misled() {
        scanner.choose(new Scanner(program.blocks, program).choices());
        long dropped = program.allocate(100);
        long stale = program.variable(dropped);

        assertThat(program.scan().newLeaks()).isEmpty();
        program.write(stale, 0);
        assertThat(program.scan().newLeaks()).isEmpty();
        assertThat(program.leaksOfAScan()).containsExactly(dropped);
    }

    @Test
    void should_wait_when_the_contents_change_after_a_first_scan_that_was_misled() {
        scanner.choose(new Scanner(program.blocks, program).choices());
        long used = program.allocate(100);
        long stale = program.variable(used);

        program.scan();
        program.write(stale, 0);
        program.write(used, 1);
        program.scan();
        assertThat(program.scan().newLeaks()).isEmpty();
        assertThat(program.leaksOfAScan()).containsExactly(used);
    }

    @Test
    @Behaviour("KM-2")
    void should_wait_when_a_block_is_younger_than_five_seconds_at_the_scans_start() {
        long dropped = program.allocate(100);

        scanner.scan();
        program.now += 4_999;
        assertThat(scanner.scan().newLeaks()).isEmpty();
        program.now += 1;
        assertThat(Program.addresses(scanner.scan().newLeaks())).containsExactly(dropped);
    }

    @Test
    void should_measure_the_age_at_the_start_when_a_scan_takes_long() {
        program.allocate(100);
        scanner.scan();
        program.onPass = () -> program.now += 60_000;

        assertThat(scanner.scan().newLeaks()).isEmpty();
    }

    @Test
    @Behaviour("KM-3")
    void should_report_nothing_when_blocks_are_reached_from_a_root() {
        program.variable(pointingTo(pointingTo(program.allocate(100))));

        assertThat(program.leaksOfTwoScans()).isEmpty();
        assertThat(program.leaksOfTwoScans()).isEmpty();
    }

    @Test
    @Behaviour("KM-4")
    void should_report_nothing_when_a_pointer_is_into_the_middle() {
        program.variable(program.allocate(100) + 99);

        assertThat(program.leaksOfTwoScans()).isEmpty();
    }

    @Test
    void should_report_when_a_pointer_is_right_behind_the_block() {
        long dropped = program.allocate(100);
        program.variable(dropped + 100);
        program.variable(dropped - 1);

        assertThat(program.leaksOfTwoScans()).containsExactly(dropped);
    }

    @Test
    @Behaviour("KM-5")
    void should_report_when_blocks_are_only_referenced_by_themselves() {
        long own = program.allocate(64);
        program.write(own + 8, own);
        long one = program.allocate(64);
        long other = pointingTo(one);
        program.write(one, other);

        assertThat(program.leaksOfTwoScans()).containsExactly(own, one, other);
    }

    @Test
    @Behaviour("KM-6")
    void should_report_in_the_order_of_allocation_when_a_list_is_dropped() {
        long tail = program.allocate(64);
        long middle = pointingTo(tail);
        long head = pointingTo(middle);

        assertThat(program.leaksOfTwoScans()).containsExactly(tail, middle, head);
        assertThat(program.listed()).containsExactly(tail, middle, head);
    }

    @Test
    @Behaviour("KM-7")
    void should_wait_when_the_contents_of_a_block_change() {
        long dropped = program.allocate(100);
        program.scan();
        for (int i = 1; i < 4; i++) {
            program.write(dropped + 96, i);
            assertThat(program.scan().newLeaks()).isEmpty();
        }

        assertThat(program.leaksOfAScan()).containsExactly(dropped);
    }

    @Test
    void should_not_take_for_a_change_what_lies_behind_the_block() {
        long dropped = program.allocate(99);
        program.scan();
        program.write(dropped + 96, 0xff00_0000L);

        assertThat(program.leaksOfAScan()).containsExactly(dropped);
    }

    @Test
    @Behaviour("KM-8")
    void should_spare_what_an_orphan_references_when_that_changes() {
        long child = program.allocate(64);
        long orphan = pointingTo(pointingTo(child));
        program.scan();
        program.write(orphan + 8, 1);

        assertThat(program.scan().newLeaks()).isEmpty();
        assertThat(program.scan().newLeaks()).hasSize(3);
    }

    @Test
    @Behaviour("KM-9")
    void should_report_nothing_when_a_moving_reference_is_missed_by_one_pass_only() {
        long block = program.allocate(64);
        program.scan();
        AtomicInteger passes = new AtomicInteger();
        program.onPass = () -> program.write(Program.STATICS, passes.incrementAndGet() == 2 ? block : 0);

        assertThat(program.scan().newLeaks()).isEmpty();
        assertThat(passes).hasValue(2);
        program.onPass = () -> {};
        program.write(Program.STATICS, 0);
        assertThat(program.scan().newLeaks()).hasSize(1);
    }

    @Test
    void should_report_nothing_when_the_reference_moves_to_memory_that_comes_into_use_while_others_are_read() {
        long block = program.allocate(64);
        AtomicLong place = new AtomicLong(Program.STACK);
        program.write(Program.STACK, block);
        program.onPass = () -> {
            program.write(place.get(), 0);
            program.map(place.addAndGet(1 << 20));
            program.write(place.get(), block);
        };

        assertThat(program.leaksOfTwoScans()).isEmpty();
        program.onPass = () -> {};
        program.write(place.get(), 0);
        assertThat(program.leaksOfAScan()).containsExactly(block);
    }

    @Test
    void should_read_no_word_of_an_orphan_when_it_is_larger_than_what_is_read_at_once() {
        long child = program.allocate(64);
        long orphan = program.allocate(2L * Reading.PIECE * Long.BYTES);
        program.write(orphan + Reading.PIECE * Long.BYTES, child);

        assertThat(program.leaksOfTwoScans()).containsExactly(child, orphan);
    }

    @Test
    void should_read_no_word_between_the_end_of_a_block_and_that_of_its_chunk() {
        long leak = program.allocate(64);
        long block = program.allocate(64);
        program.variable(block);
        program.write(block - 8, 80 | 5);
        program.write(block + 64, leak);

        assertThat(program.leaksOfTwoScans()).containsExactly(leak);
    }

    @Test
    void should_read_the_word_behind_a_block_when_nothing_says_that_it_is_of_its_chunk() {
        long held = program.allocate(64);
        long block = program.allocate(64);
        program.variable(block);
        program.write(block - 8, 96 | 5);
        program.write(block + 64, held);

        assertThat(program.leaksOfTwoScans()).isEmpty();
    }

    @Test
    @Behaviour("KM-10")
    void should_wait_for_so_many_scans_in_a_row_when_told_to() {
        consecutive(3);
        program.allocate(64);
        for (int i = 0; i < 3; i++) {
            assertThat(program.scan().newLeaks()).isEmpty();
        }
        assertThat(program.scan().newLeaks()).hasSize(1);

        long other = program.allocate(64);
        IntStream.range(0, 3).forEach(i -> program.scan());
        long variable = program.variable(other);
        assertThat(program.scan().newLeaks()).isEmpty();
        program.write(variable, 0);
        for (int i = 0; i < 2; i++) {
            assertThat(program.scan().newLeaks()).isEmpty();
        }
        assertThat(program.leaksOfAScan()).containsExactly(other);
    }

    @Test
    void should_read_back_what_was_chosen() {
        consecutive(3);

        assertThat(scanner.choices().consecutiveScans()).isEqualTo(3);
        assertThatThrownBy(() -> consecutive(0))
                .hasMessage("A scan cannot ask for an age of 5000 ms in 0 scans in a row: give 0 ms or more, and 1 to"
                        + " 255 scans.");
    }

    @Test
    @Behaviour("KM-11")
    void should_report_neither_it_nor_what_it_references_when_a_block_is_no_leak() {
        program.blocks.notLeak(pointingTo(program.allocate(64)));

        assertThat(program.leaksOfTwoScans()).isEmpty();
        assertThat(program.leaksOfTwoScans()).isEmpty();
    }

    @Test
    @Behaviour("KM-12")
    void should_report_what_only_it_references_when_a_block_is_ignored() {
        long target = program.allocate(64);
        long ignored = pointingTo(target);
        program.blocks.ignore(ignored);
        program.variable(ignored);

        assertThat(program.leaksOfTwoScans()).containsExactly(target);
    }

    @Test
    @Behaviour("KM-13")
    void should_let_its_contents_keep_nothing_alive_when_a_block_is_not_scanned() {
        long target = program.allocate(64);
        long referenced = pointingTo(target);
        program.variable(referenced);
        program.blocks.noScan(referenced);
        long dropped = program.allocate(64);
        program.blocks.noScan(dropped);

        assertThat(program.leaksOfTwoScans()).containsExactly(target, dropped);
        assertThat(program.complaints).isEmpty();
    }

    @Test
    @Behaviour("KM-14")
    void should_look_for_references_in_the_scan_areas_only_when_a_block_has_some() {
        long beside = program.allocate(64);
        long block = pointingTo(beside);
        program.variable(block);
        program.blocks.scanArea(block + 8, 8);
        long around = program.allocate(64);
        program.write(block + 40, around);
        program.blocks.scanArea(block + 32, Long.MAX_VALUE);
        long whole = program.allocate(64);
        long tooLarge = pointingTo(whole);
        program.variable(tooLarge);
        program.blocks.scanArea(tooLarge + 32, 33);
        program.blocks.scanArea(tooLarge + 32, 0);

        assertThat(program.leaksOfTwoScans()).containsExactly(beside);
        assertThat(program.complaints)
                .containsExactly("The area of 33 bytes at offset 32 is larger than the rest of the block 0x"
                        + Long.toHexString(tooLarge) + " of 64 bytes: it is ignored; give it a size that fits.");
    }

    @Test
    @Behaviour(
            value = "KM-16",
            choice = "No block of the JVM has a descriptor by itself; excessReference(descriptor, block) names one.")
    void should_count_as_many_references_as_a_block_needs() {
        long one = program.space(64);
        program.blocks.allocatedNeeding(2, one, 64);
        program.variable(one);
        long two = program.space(64);
        program.blocks.allocatedNeeding(2, two, 64);
        program.variable(two);
        program.variable(two + 8);
        long described = program.space(64);
        program.blocks.allocatedNeeding(2, described, 64);
        long descriptor = pointingTo(described);
        program.blocks.excessReference(descriptor, described);
        program.variable(descriptor);

        long surplus = program.variable(descriptor);
        assertThat(program.leaksOfTwoScans()).containsExactly(one);
        program.write(surplus, 0);
        assertThat(program.leaksOfAScan()).containsExactly(described);
    }

    @Test
    @Behaviour("KM-17")
    void should_spare_it_once_when_a_candidate_is_a_transient_leak() {
        long candidate = program.allocate(64);
        program.scan();
        program.blocks.transientLeak(candidate);

        assertThat(program.scan().newLeaks()).isEmpty();
        assertThat(program.leaksOfAScan()).containsExactly(candidate);
    }

    @Test
    void should_list_a_reported_block_no_more_when_it_was_freed() {
        long leak = program.allocate(64);
        program.leaksOfTwoScans();
        program.blocks.freed(leak);

        assertThat(program.listed()).isEmpty();
    }

    @Test
    @Behaviour(
            value = "KM-20",
            choice =
                    "A scan finds the overlap and ends recording, since the place of an insertion is only looked for by its"
                            + " first address. A block at the very address of a recorded one replaces it: its free went unseen,"
                            + " which is normal where recording begins late, and is counted and told once. Of two rules, the younger"
                            + " block inside the other is a part of that chunk, or else the older one is gone.")
    void should_end_recording_when_blocks_overlap() {
        long under = program.allocate(64);
        program.blocks.allocated(under + 32, 64);

        ScanResult result = program.scan();

        assertThat(result.outcome()).isEqualTo(Outcome.OFF);
        assertThat(program.blocks.isOn()).isFalse();
        assertThat(program.complaints)
                .containsExactly(
                        "The blocks 0x7f1234000000 of 64 bytes and 0x7f1234000020 of 64 bytes overlap, so at least"
                                + " one is not what was recorded: blocks are no longer recorded, and no leak is found any more;"
                                + " record either the parts of a chunk or the chunk.");
        program.allocate(64);
        program.blocks.noScan(under);
        assertThat(program.blocks.held()).isZero();
        assertThat(program.complaints).hasSize(1);
        assertThat(program.scan().outcome()).isEqualTo(Outcome.OFF);
    }

    @Test
    void should_judge_the_parts_of_a_chunk_and_not_the_chunk_when_another_rule_cuts_it() {
        long chunk = program.allocate(256);
        program.blocks.allocated(chunk + 64, 64, 1);
        program.blocks.allocated(chunk + 192, 64, 1);
        program.variable(chunk + 200);
        long held = program.allocate(64);
        program.write(chunk, held);

        assertThat(program.leaksOfTwoScans()).containsExactly(chunk + 64);
        assertThat(program.complaints).isEmpty();
    }

    @Test
    void should_judge_the_chunk_again_when_no_part_is_left_in_it() {
        long chunk = program.allocate(256);
        program.blocks.allocated(chunk + 64, 64, 1);
        assertThat(program.leaksOfTwoScans()).containsExactly(chunk + 64);
        program.blocks.freed(chunk + 64);

        assertThat(program.leaksOfTwoScans()).containsExactly(chunk);
    }

    @Test
    void should_take_the_older_block_for_gone_when_blocks_of_two_rules_cannot_both_exist() {
        long free = program.space(64);
        program.blocks.allocated(free + 32, 1, 1);
        program.pass(10);
        program.blocks.allocated(free, 64, 0);

        assertThat(program.leaksOfTwoScans()).containsExactly(free);
        assertThat(program.blocks.missedFrees()).isEqualTo(1);
        assertThat(program.complaints).isEmpty();
    }

    @Test
    void should_name_the_younger_rule_when_two_rules_tell_of_one_block() {
        long block = program.allocate(64);
        program.blocks.allocated(block, 64, 1);
        program.leaksOfTwoScans();

        assertThat(scanner.leaks()).extracting(Block::rule).containsExactly(1);
        assertThat(program.complaints).isEmpty();
    }

    @Test
    @Behaviour("KM-21")
    void should_forget_the_leaks_and_what_they_reference_when_cleared() {
        long leak = pointingTo(0);
        program.leaksOfTwoScans();
        scanner.clear();
        assertThat(program.listed()).isEmpty();

        program.write(leak, program.allocate(64));
        assertThat(program.leaksOfTwoScans()).isEmpty();
        long newLeak = program.allocate(64);
        assertThat(program.leaksOfTwoScans()).containsExactly(newLeak);
        assertThat(program.listed()).containsExactly(newLeak);
    }

    @Test
    @Behaviour("KM-22")
    void should_list_it_again_without_a_summary_when_a_reported_block_was_referenced_in_between() {
        long leak = program.allocate(64);
        program.leaksOfTwoScans();
        long variable = program.variable(leak);
        assertThat(program.scan().leaks()).isEmpty();
        assertThat(program.listed()).isEmpty();

        program.write(variable, 0);
        ScanResult again = program.scan();

        assertThat(again.newLeaks()).isEmpty();
        assertThat(again.summary()).isEmpty();
        assertThat(program.listed()).containsExactly(leak);
    }

    @Test
    @Behaviour("KM-26")
    void should_list_nothing_when_no_scan_was_made() {
        program.allocate(64);
        program.pass(60);

        assertThat(program.listed()).isEmpty();
        assertThat(program.listed()).isEmpty();
    }

    @Test
    @Behaviour("KM-29")
    void should_report_nothing_and_scan_again_when_a_scan_is_interrupted() {
        long leak = program.allocate(64);
        program.scan();
        program.pass(10);
        AtomicBoolean interrupted = new AtomicBoolean();
        program.onPass = () -> interrupted.set(true);

        ScanResult result = scanner.scan(interrupted::get);

        assertThat(result.outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(result.newLeaks()).isEmpty();
        assertThat(result.summary()).isEqualTo("The scan was interrupted: it found nothing out.");
        assertThat(program.leaksOfAScan()).containsExactly(leak);
    }

    @Test
    void should_report_nothing_and_stay_interrupted_when_the_thread_is() {
        program.allocate(64);
        program.scan();
        Thread.currentThread().interrupt();

        assertThat(program.scan().outcome()).isEqualTo(Outcome.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @Behaviour(
            value = "KM-30",
            choice =
                    "The block is not locked while it is read, so a free does not wait: what was freed meanwhile is read to the"
                            + " end of the piece at most, by a way on which a bad address is no crash, and is not judged.")
    void should_neither_read_nor_judge_a_block_when_it_is_freed_during_the_scan() {
        program.variable(program.allocate(64));
        long freed = program.allocate(64);
        program.variable(freed);
        long leak = program.allocate(64);
        program.scan();
        List<Long> read = new ArrayList<>();
        program.onRead = address -> {
            program.blocks.freed(freed);
            program.blocks.freed(leak);
            read.add(address);
        };

        assertThat(program.scan().newLeaks()).isEmpty();
        assertThat(read).doesNotContain(freed, leak);
    }

    @Test
    void should_not_judge_a_block_when_it_was_allocated_during_the_scan() {
        scanner.choose(new Scanner.Choices(true, 0, 1));
        program.onPass = () -> program.allocate(64);
        scanner.scan();
        ScanResult second = scanner.scan();

        assertThat(second.newLeaks()).isEmpty();
        assertThat(program.blocks.held()).isEqualTo(2);
        program.onPass = () -> {};
        assertThat(scanner.scan().newLeaks()).hasSize(1);
    }

    /** As {@code kmemleak-test} and its module's exit: lists unlinked, but not freed. */
    @Test
    @Behaviour(
            value = "KM-31",
            choice = "The same sizes, allocated at the one door that there is; two processors have a variable each.")
    void should_find_the_exact_totals_when_the_kernels_test_population_is_loaded_and_unloaded() {
        int[] dropped = {32, 32, 1024, 1024, 2048, 2048, 4096, 4096, 64, 64, 64, 64, 64, 64};
        List<Long> leaks = new ArrayList<>();
        for (int size : dropped) {
            leaks.add(program.allocate(size));
        }
        long head = program.variable(0);
        List<Long> kept = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long node = pointingTo(i == 0 ? 0 : kept.get(i - 1));
            program.write(head, node);
            kept.add(node);
        }
        List<Long> processors = List.of(program.variable(0), program.variable(0));
        for (long processor : processors) {
            long block = program.allocate(129);
            program.write(processor, block);
            kept.add(block);
        }

        assertThat(program.leaksOfTwoScans()).containsExactlyElementsOf(leaks);
        program.write(head, 0);
        processors.forEach(processor -> program.write(processor, 0));
        assertThat(program.leaksOfAScan()).containsExactlyElementsOf(kept);
        assertThat(program.listed()).hasSize(26);
    }

    @Test
    @Behaviour("KM-34")
    void should_report_the_new_stack_when_the_trace_was_updated() {
        long leak = program.allocate(64);
        handOver(leak + 10);
        program.leaksOfTwoScans();

        Block listed = scanner.leaks().get(0);
        assertThat(program.depot.frames(listed.stack()).get(0).getMethodName()).isEqualTo("handOver");
    }

    private void handOver(long address) {
        program.blocks.updateTrace(address);
    }

    @Test
    @Behaviour("KM-35")
    void should_report_more_than_fifty_and_say_nothing_of_those_referenced_again() {
        List<Long> leaks =
                IntStream.range(0, 60).mapToObj(i -> program.allocate(64)).toList();

        assertThat(program.listed()).isEmpty();
        assertThat(program.leaksOfTwoScans()).isEqualTo(leaks);
        leaks.forEach(program::variable);
        assertThat(program.scan().summary()).isEmpty();
        assertThat(program.complaints).isEmpty();
    }

    @Test
    void should_repeat_the_pass_when_objects_were_moved_within_it() {
        long block = program.allocate(64);
        program.scan();
        AtomicInteger passes = new AtomicInteger();
        program.onPass = () -> {
            program.movements = Math.min(2, passes.incrementAndGet());
            program.write(Program.STATICS, passes.get() == 3 ? block : 0);
        };

        ScanResult result = program.scan();

        assertThat(result.passes()).isEqualTo(3);
        assertThat(result.newLeaks()).isEmpty();
    }

    @Test
    void should_report_what_no_try_saw_when_objects_are_moved_in_each() {
        long leak = program.allocate(64);
        long held = program.allocate(64);
        long twice = program.space(64);
        program.blocks.allocatedNeeding(2, twice, 64);
        program.variable(twice);
        AtomicInteger tries = new AtomicInteger();
        program.onPass = () -> {
            program.movements++;
            program.write(Program.STACK, tries.incrementAndGet() % Scan.MOST_TRIES == 0 ? held : 0);
        };
        program.scan();

        ScanResult result = program.scan();

        assertThat(result.passes()).isEqualTo(2 * Scan.MOST_TRIES);
        assertThat(Program.addresses(result.newLeaks())).containsExactly(leak, twice);
    }

    @Test
    void should_not_read_again_what_was_moved_when_all_is_referenced() {
        program.variable(program.allocate(64));
        program.onPass = () -> program.movements++;

        assertThat(program.scan().passes()).isEqualTo(1);
    }

    @Test
    void should_find_nothing_out_when_recording_ends_during_the_scan() {
        program.allocate(64);
        program.onPass = scanner::off;

        ScanResult result = program.scan();

        assertThat(result.outcome()).isEqualTo(Outcome.OFF);
        assertThat(result.summary())
                .isEqualTo("Blocks are not recorded any more, so no leak can be found; restart the program.");
    }

    @Test
    void should_leave_nothing_of_what_it_read() {
        program.variable(program.allocate(64));
        program.write(program.allocate(64), 7);

        program.leaksOfTwoScans();

        assertThat(program.lastWords).isNotEmpty().containsOnly(0);
    }

    @Test
    void should_say_why_when_the_memory_cannot_be_known() {
        program.unreadable = "There is no /proc.";

        ScanResult result = program.scan();

        assertThat(result.outcome()).isEqualTo(Outcome.UNREADABLE);
        assertThat(result.summary()).isEqualTo("The scan cannot be done: There is no /proc.");
    }

    @Test
    void should_not_report_a_block_when_its_memory_cannot_be_read() {
        program.allocate(64);
        program.unmap(Program.ARENA);

        assertThat(program.leaksOfTwoScans()).isEmpty();
        assertThat(program.leaksOfTwoScans()).isEmpty();
    }

    @Test
    void should_find_the_references_when_they_lie_between_blocks() {
        long first = program.allocate(64);
        long second = program.allocate(64);
        long between = second - 32;
        program.write(between, first);
        program.write(second + 64, second);

        assertThat(program.leaksOfTwoScans()).isEmpty();
    }

    @Test
    void should_go_on_behind_the_hole_when_a_region_is_not_wholly_mapped() {
        program.hole = Program.STATICS + 4096;
        long before = program.allocate(64);
        program.write(program.hole - 8, before);
        long behind = program.allocate(64);
        program.write(program.hole + 8192, behind);
        long within = program.allocate(64);
        program.write(program.hole + 4096, within);

        assertThat(program.leaksOfTwoScans()).containsExactly(within);
    }

    @Test
    void should_count_whole_words_only_when_a_block_is_not_aligned() {
        long first = program.allocate(64);
        long second = program.allocate(64);
        long third = program.allocate(64);
        long space = program.space(64);
        program.blocks.allocated(space + 4, 21);
        program.write(space, first);
        program.write(space + 8, second);
        program.write(space + 24, third);

        // The first word begins before the block and is a root; the last is not wholly in it.
        assertThat(program.leaksOfTwoScans()).containsExactly(second, third, space + 4);
        program.variable(space + 24);
        assertThat(program.scan().leaks()).extracting(Block::address).containsExactly(third);
    }

    @Test
    void should_see_a_change_in_each_byte_and_in_no_other_when_a_block_is_not_aligned() {
        long space = program.space(64);
        program.blocks.allocated(space + 4, 21);
        program.scan();
        program.write(space, 0x0000_0000_ffff_ffffL);
        program.write(space + 24, 0xffff_ffff_ffff_ff00L);
        assertThat(program.scan().newLeaks()).hasSize(1);

        program.write(space, 0x0000_0001_ffff_ffffL);
        assertThat(program.scan().leaks()).isEmpty();
        assertThat(program.scan().leaks()).hasSize(1);
        program.write(space + 24, 0xffff_ffff_ffff_ff01L);
        assertThat(program.scan().leaks()).isEmpty();
    }

    @Test
    void should_see_in_which_block_a_change_is_when_several_are_read_at_once() {
        int count = 900; // More than one reading holds.
        List<Long> leaks = IntStream.range(0, count)
                .mapToObj(i -> program.allocate(33 + i % 40))
                .collect(Collectors.toCollection(ArrayList::new));
        program.scan();
        for (int which : new int[] {count - 1, count / 2, 1, 0}) {
            program.write(leaks.remove(which) + 32, 1);
        }

        assertThat(program.leaksOfAScan()).isEqualTo(leaks);
    }
}
