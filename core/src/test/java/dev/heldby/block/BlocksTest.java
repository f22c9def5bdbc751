// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Behaviour;
import dev.heldby.Level;
import dev.heldby.depot.StackDepot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private static final long BASE = 0x7f00_1234_0000L;

    private final List<String> complaints = new ArrayList<>();
    private final StackDepot depot = new StackDepot(100);
    private long now = 5_000;
    private int thread = 3;
    private final Blocks blocks = blocks(1_000, 10);

    private Blocks blocks(int capacity, int areas) {
        return new Blocks(capacity, depot, () -> thread, () -> now, complaints::add, areas);
    }

    private Block block(long address) {
        return Objects.requireNonNull(blocks.blockAround(address), "no block");
    }

    @Test
    void should_know_size_stack_thread_and_time_when_a_block_is_allocated() {
        now += 1_234;
        blocks.allocated(BASE, 100);

        Block block = block(BASE + 99);
        assertThat(block.address()).isEqualTo(BASE);
        assertThat(block.size()).isEqualTo(100);
        assertThat(block.needed()).isEqualTo(1);
        assertThat(block.bornMillis()).isEqualTo(1_234);
        assertThat(block.checksum()).isEqualTo(-1);
        assertThat(depot.frames(block.stack()).get(0).getMethodName())
                .isEqualTo("should_know_size_stack_thread_and_time_when_a_block_is_allocated");
        assertThat(blocks.blockAround(BASE + 100)).isNull();
        assertThat(blocks.blockAround(BASE - 1)).isNull();
    }

    @Test
    @Behaviour(
            value = "KM-33",
            choice =
                    "There are no interrupts: every allocation has the number of the thread that made it, which stands for"
                            + " its name.")
    void should_keep_the_number_of_the_thread_when_it_allocates() {
        blocks.allocated(BASE, 16);
        thread = 0xffff;
        blocks.allocated(BASE + 16, 16);

        assertThat(block(BASE).thread()).isEqualTo(3);
        assertThat(block(BASE + 16).thread()).isEqualTo(0xffff);
    }

    @Test
    void should_save_no_stacks_when_they_are_switched_off() {
        blocks.levels(rule -> Level.COUNT);
        blocks.allocated(BASE, 16);

        assertThat(block(BASE).stack()).isZero();
        assertThat(depot.statistics().records()).isZero();
    }

    @Test
    void should_record_each_rule_at_its_own_level() {
        blocks.levels(rule -> Level.values()[rule]);
        for (int rule = 0; rule < Level.values().length; rule++) {
            blocks.allocated(BASE + 16 * rule, 16, rule);
        }

        assertThat(blocks.blockAround(BASE)).isNull();
        assertThat(block(BASE + 16).stack()).isZero();
        assertThat(List.of(block(BASE + 32).stack(), block(BASE + 48).stack())).doesNotContain(0);
    }

    @Test
    void should_keep_the_rule_that_a_block_came_by_until_the_rule_is_forgotten() {
        blocks.allocated(BASE, 16, 255);
        blocks.allocated(BASE + 16, 16, 3);
        blocks.freedPart(BASE + 4, 4);

        assertThat(List.of(
                        block(BASE).rule(),
                        block(BASE + 8).rule(),
                        block(BASE + 16).rule()))
                .containsExactly(255, 255, 3);
        blocks.forget(255);
        assertThat(blocks.held()).isEqualTo(1);
        assertThat(block(BASE + 16).rule()).isEqualTo(3);
    }

    @Test
    void should_ignore_them_silently_when_addresses_are_zero_or_below() {
        for (long address : new long[] {0, -1, Long.MIN_VALUE}) {
            blocks.allocated(address, 16);
            blocks.freed(address);
            blocks.freedPart(address, 8);
            blocks.notLeak(address);
            blocks.ignore(address);
            blocks.noScan(address);
            blocks.scanArea(address, 8);
            blocks.transientLeak(address);
            blocks.updateTrace(address);
            blocks.excessReference(address, BASE);
        }
        blocks.allocated(BASE, 0);

        assertThat(blocks.held()).isZero();
        assertThat(complaints).isEmpty();
    }

    @Test
    @Behaviour(
            value = "KM-18",
            choice =
                    "A free by an inner address is as silent as one of an unknown block: to tell them apart takes a walk"
                            + " through all records, and most frees of unknown blocks are of such as are older than recording.")
    void should_forget_a_block_when_it_is_freed_by_its_first_address_only() {
        blocks.allocated(BASE, 100);
        blocks.freed(BASE + 8);
        blocks.freed(BASE + 1_000);
        assertThat(blocks.held()).isEqualTo(1);

        blocks.freed(BASE);

        assertThat(blocks.held()).isZero();
        assertThat(blocks.blockAround(BASE)).isNull();
        assertThat(complaints).isEmpty();
    }

    @Test
    @Behaviour("KM-19")
    void should_leave_two_blocks_when_a_part_in_the_middle_is_freed() {
        blocks.allocatedNeeding(2, BASE, 100);
        now += 10;
        blocks.freedPart(BASE + 32, 16);

        assertThat(blocks.held()).isEqualTo(2);
        Block left = block(BASE);
        Block right = block(BASE + 48);
        assertThat(List.of(left.address(), left.size(), right.address(), right.size()))
                .containsExactly(BASE, 32L, BASE + 48, 52L);
        assertThat(List.of(left.needed(), right.needed())).containsExactly(2, 2);
        assertThat(right.bornMillis()).isEqualTo(10);
        assertThat(blocks.blockAround(BASE + 40)).isNull();
    }

    @Test
    void should_leave_one_block_or_none_when_a_part_at_an_end_or_all_is_freed() {
        blocks.allocated(BASE, 100);
        blocks.freedPart(BASE, 10);
        blocks.freedPart(BASE + 90, Long.MAX_VALUE);
        assertThat(blocks.held()).isEqualTo(1);
        assertThat(block(BASE + 50).address()).isEqualTo(BASE + 10);
        assertThat(block(BASE + 50).size()).isEqualTo(80);

        blocks.freedPart(BASE + 10, 80);
        blocks.freedPart(BASE + 10, 80);

        assertThat(blocks.held()).isZero();
        assertThat(complaints).isEmpty();
    }

    @Test
    @Behaviour("KM-15")
    void should_scan_the_whole_block_when_there_is_no_room_for_an_area() {
        Blocks few = blocks(10, 1);
        few.allocated(BASE, 100);
        few.scanArea(BASE + 8, 8);
        assertThat(few.index().areas(0)).containsExactly(8, 8);
        few.scanArea(BASE + 16, 8);
        few.allocated(BASE + 200, 100);
        few.scanArea(BASE + 200, 8);

        assertThat(few.index().areas(0)).containsExactly(0, 100);
        assertThat(few.index().areas(1)).containsExactly(0, 100);
        assertThat(complaints)
                .containsExactly(
                        "There is no room for a scan area of the block 0x7f0012340000 of 100 bytes: it is scanned"
                                + " wholly, as all are for whose areas there is no room.");
    }

    @Test
    void should_have_room_for_an_area_again_when_its_block_was_freed() {
        Blocks few = blocks(10, 1);
        for (int i = 0; i < 3; i++) {
            few.allocated(BASE, 100);
            few.scanArea(BASE + 8, 8);
            assertThat(few.index().areas(0)).containsExactly(8, 8);
            few.freed(BASE);
        }

        assertThat(complaints).isEmpty();
    }

    @Test
    void should_complain_when_an_operation_names_no_block() {
        blocks.noScan(BASE);
        blocks.scanArea(BASE, 8);
        blocks.transientLeak(BASE);
        blocks.excessReference(BASE, BASE + 8);
        blocks.notLeak(BASE);
        blocks.ignore(BASE);
        blocks.updateTrace(BASE);

        String fix = "; give the address that the allocation returned, before it is freed.";
        assertThat(complaints)
                .containsExactly(
                        "No block begins at 0x7f0012340000, so its contents are not left out of scans" + fix,
                        "No block begins at 0x7f0012340000, so no area of it is set apart for scans" + fix,
                        "No block begins at 0x7f0012340000, so it is not spared by the next scan" + fix,
                        "No block begins at 0x7f0012340000, so its surplus references count for no other block" + fix);
    }

    @Test
    void should_replace_the_record_and_say_so_once_when_an_address_is_allocated_again() {
        for (int size = 100; size < 103; size++) {
            blocks.allocated(BASE, size);
        }

        assertThat(blocks.held()).isEqualTo(1);
        assertThat(block(BASE).size()).isEqualTo(102);
        assertThat(blocks.missedFrees()).isEqualTo(2);
        assertThat(complaints)
                .containsExactly(
                        "The block 0x7f0012340000 of 100 bytes was allocated anew without having been freed: a free"
                                + " went unseen, and blocks whose frees go unseen are reported as leaks; have the method that"
                                + " frees them call freed(address).");
    }

    @Test
    void should_end_recording_for_good_when_there_are_more_blocks_than_records() {
        Blocks few = blocks(100, 1);
        for (int i = 0; i < 100; i++) {
            few.allocated(BASE + i * 16L, 16);
        }
        few.freed(BASE);
        few.allocated(BASE, 16);
        assertThat(few.isOn()).isTrue();
        few.allocated(BASE + 5_000, 16);
        few.allocated(BASE + 6_000, 16);

        assertThat(few.isOn()).isFalse();
        assertThat(few.held()).isZero();
        assertThat(complaints)
                .containsExactly(
                        "There are more than 100 off-heap blocks: they are no longer recorded, and no leak is found"
                                + " any more; start with more records.");
        assertThat(few.end()).isFalse();
    }

    @Test
    void should_refuse_to_be_made_when_there_is_no_record() {
        assertThatThrownBy(() -> blocks(0, 1))
                .hasMessage("There cannot be records of 0 blocks: give it 1 to 2147483646 of them.");
    }

    @Test
    void should_find_each_by_any_address_when_blocks_come_and_go() {
        Random random = new Random(42);
        long[] sizes = new long[500];
        for (int i = 0; i < 20_000; i++) {
            int which = random.nextInt(sizes.length);
            long address = BASE + which * 128L;
            if (sizes[which] == 0) {
                sizes[which] = 1 + random.nextInt(128);
                blocks.allocated(address, sizes[which]);
            } else {
                sizes[which] = 0;
                blocks.freed(address);
            }
        }

        assertThat(blocks.held())
                .isEqualTo((int) LongStream.of(sizes).filter(size -> size > 0).count());
        for (int i = 0; i < sizes.length; i++) {
            Block found = blocks.blockAround(BASE + i * 128L + Math.max(0, sizes[i] - 1));
            assertThat(found == null ? 0 : found.size()).isEqualTo(sizes[i]);
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void should_be_in_the_order_of_allocation_when_the_numbers_within_a_millisecond_begin_anew() {
        long last = BlockRecords.birth(7, 9, 0xffff);

        assertThat(BlockRecords.compareBirths(last, BlockRecords.birth(7, 0, 0x1_0000)))
                .isNegative();
        assertThat(BlockRecords.compareBirths(last, BlockRecords.birth(6, 255, 0x1_0000)))
                .isPositive();
        assertThat(BlockRecords.compareBirths(last, BlockRecords.birth(8, 0, 0)))
                .isNegative();
        assertThat(BlockRecords.compareBirths(last, last)).isZero();
    }
}
