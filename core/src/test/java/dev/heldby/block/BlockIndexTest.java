// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.depot.StackDepot;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BlockIndexTest {
    private static final long BASE = 0x7f00_1234_0000L;

    private final Blocks blocks = new Blocks(10_000, new StackDepot(0), () -> 0, () -> 0, complaint -> {});

    @Test
    void should_find_nothing_when_there_are_no_blocks() {
        BlockIndex index = blocks.index();

        assertThat(index.size()).isZero();
        assertThat(index.find(0)).isEqualTo(BlockIndex.NONE);
        assertThat(index.find(BASE)).isEqualTo(BlockIndex.NONE);
        assertThat(index.firstBehind(BASE)).isZero();
        assertThat(index.isSound()).isTrue();
    }

    @Test
    void should_find_exactly_the_words_that_point_into_a_block() {
        Random random = new Random(7);
        TreeMap<Long, Long> ends = new TreeMap<>();
        long at = BASE;
        for (int i = 0; i < 2_000; i++) {
            long size = i % 100 == 0 ? 100_000 : 1 + random.nextInt(5_000);
            blocks.allocated(at, size);
            ends.put(at, at + size);
            at += size + random.nextInt(20_000);
        }
        BlockIndex index = blocks.index();

        for (int i = 0; i < 200_000; i++) {
            long word = BASE - 5_000 + (random.nextLong() >>> 1) % (at - BASE + 10_000);
            var around = ends.floorEntry(word);
            int expected = around != null && word < around.getValue()
                    ? ends.headMap(around.getKey()).size()
                    : BlockIndex.NONE;
            assertThat(index.find(word)).isEqualTo(expected);
            assertThat(index.find(word | Long.MIN_VALUE)).isEqualTo(BlockIndex.NONE);
        }
    }

    @Test
    void should_filter_by_larger_pages_when_blocks_are_huge() {
        long terabyte = 1L << 40;
        blocks.allocated(BASE, terabyte);
        BlockIndex index = blocks.index();

        assertThat(index.find(BASE + terabyte - 1)).isZero();
        assertThat(index.find(BASE + terabyte)).isEqualTo(BlockIndex.NONE);
    }

    @Test
    void should_know_that_a_block_lives_no_more_when_its_address_was_allocated_again() {
        blocks.allocated(BASE, 16);
        BlockIndex index = blocks.index();
        assertThat(index.lives(0)).isTrue();

        blocks.freed(BASE);
        assertThat(index.lives(0)).isFalse();
        blocks.allocated(BASE, 16);

        assertThat(index.lives(0)).isFalse();
        assertThat(index.report(0)).isNull();
        assertThat(blocks.index().lives(0)).isTrue();
    }

    @Test
    void should_learn_of_a_root_when_it_is_refreshed() {
        blocks.allocated(BASE, 16);
        BlockIndex index = blocks.index();
        blocks.notLeak(BASE);
        assertThat(index.needed(0)).isEqualTo(1);

        index.refresh();

        assertThat(index.needed(0)).isZero();
    }
}
