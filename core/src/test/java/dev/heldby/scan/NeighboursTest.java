// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.block.BlockIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeighboursTest {
    private final Program program = new Program();
    private final Reading reading = new Reading(program);
    private final List<Long> reads = new ArrayList<>();
    private final List<Long> words = new ArrayList<>();

    @BeforeEach
    void note_what_is_read() {
        program.onRead = reads::add;
    }

    /** A block with that in each of its words, and more words around it. */
    private long block(long address, int size, long word) {
        for (long at = address - 16; at < address + size + 16; at += 8) {
            program.write(at & -8, at >= address && at < address + size ? word : -1);
        }
        program.blocks.allocated(address, size);
        return address;
    }

    private void read() throws InterruptedException {
        BlockIndex index = program.blocks.index();
        new Neighbours(
                        index,
                        reading,
                        number -> number,
                        0,
                        index.size(),
                        (read, from, to, position) -> Arrays.stream(read, from, to)
                                .map(word -> word ^ reading.key())
                                .forEach(words::add))
                .read();
    }

    private static List<Long> times(long... words) {
        return LongStream.of(words).boxed().toList();
    }

    @Test
    void should_read_close_blocks_at_once_and_give_the_words_of_each_only() throws InterruptedException {
        long first = block(Program.ARENA + 64, 16, 1);
        block(Program.ARENA + 160, 24, 2);
        block(Program.ARENA + 1_000, 8, 3);

        read();

        assertThat(words).isEqualTo(times(1, 1, 2, 2, 2, 3));
        assertThat(reads).containsExactly(first);
    }

    @Test
    void should_give_whole_words_only_when_blocks_are_not_aligned() throws InterruptedException {
        block(Program.ARENA + 64, 64, 1);
        block(Program.ARENA + 164, 21, 2);
        block(Program.ARENA + 200, 7, 3);

        read();

        assertThat(words).isEqualTo(times(1, 1, 1, 1, 1, 1, 1, 1, 2, 2));
    }

    @Test
    void should_read_blocks_apart_when_they_lie_far_from_each_other_or_do_not_fit_into_one_piece()
            throws InterruptedException {
        long first = block(Program.ARENA + 64, 16, 1);
        long far = block(first + 16 + 4_104, 16, 2);
        int large = Reading.PIECE * Long.BYTES;
        long next = block(far + 64, large, 3);

        read();

        assertThat(words).hasSize(4 + Reading.PIECE).startsWith(1L, 1L, 2L, 2L, 3L);
        assertThat(reads).containsExactly(first, far, next);
    }

    @Test
    void should_read_an_area_of_a_block_on_its_own() throws InterruptedException {
        long first = block(Program.ARENA + 64, 16, 1);
        long second = block(Program.ARENA + 160, 24, 2);
        program.blocks.scanArea(second + 8, 8);
        long third = block(Program.ARENA + 320, 8, 3);

        read();

        assertThat(words).isEqualTo(times(1, 1, 2, 3));
        assertThat(reads).containsExactly(first, second + 8, third);
    }

    @Test
    void should_go_on_with_the_next_block_when_a_page_between_them_cannot_be_read() throws InterruptedException {
        program.hole = Program.ARENA + 4_096;
        block(program.hole - 64, 16, 1);
        block(program.hole - 16, 24, 2);
        block(program.hole + 8_192, 8, 3);

        read();

        assertThat(words).isEqualTo(times(1, 1, 2, 2, 3));
    }

    @Test
    void should_give_no_word_of_a_block_that_was_freed_meanwhile() throws InterruptedException {
        block(Program.ARENA + 64, 16, 1);
        long freed = block(Program.ARENA + 160, 24, 2);
        block(Program.ARENA + 320, 8, 3);
        program.onRead = address -> program.blocks.freed(freed);

        read();

        assertThat(words).isEqualTo(times(1, 1, 3));
    }
}
