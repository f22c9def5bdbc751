// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.BlockIndex;
import java.util.function.IntUnaryOperator;

/**
 * The contents of blocks in the order of their addresses: those that lie close to each other are read at once, with what is between
 * them. For one thread, once.
 */
final class Neighbours {
    /** Reading so much that is not wanted takes less time than another reading. */
    private static final long CLOSE = 1 << 12;

    private final BlockIndex index;
    private final Reading reading;
    private final IntUnaryOperator positions;
    private final Contents contents;
    private int next;
    private final int end;

    /** Looks at words of a block. */
    interface Contents {
        /** Words from the one number to before the other, each exclusive or with the reading's key. */
        void look(long[] words, int from, int to, int position);
    }

    /** Those from one number to before another, whose positions in the index are given and rise. */
    Neighbours(BlockIndex index, Reading reading, IntUnaryOperator positions, int first, int end, Contents contents) {
        this.index = index;
        this.reading = reading;
        this.positions = positions;
        this.next = first;
        this.end = end;
        this.contents = contents;
    }

    void read() throws InterruptedException {
        while (next < end) {
            int before = next;
            int behind = behindNeighbours();
            if (behind - next > 1) {
                readTogether(behind);
            }
            if (next == before) {
                readAlone(positions.applyAsInt(next++));
            }
        }
    }

    private long from(int number) {
        return Reading.down(index.start(positions.applyAsInt(number)));
    }

    private long to(int number) {
        return Reading.down(index.end(positions.applyAsInt(number)));
    }

    /** Behind the last that one reading reaches. */
    private int behindNeighbours() {
        long farthest = from(next) + (long) Reading.PIECE * Long.BYTES;
        int number = next;
        while (number < end
                && index.isWholly(positions.applyAsInt(number))
                && to(number) <= farthest
                && (number == next || from(number) - to(number - 1) <= CLOSE)) {
            number++;
        }
        return number;
    }

    /** Goes on at the first that could not be read to its end. */
    private void readTogether(int behind) throws InterruptedException {
        reading.next(from(next), to(behind - 1), (words, count, address) -> {
            long read = address + (long) count * Long.BYTES;
            while (next < behind && to(next) <= read) {
                look(words, address, positions.applyAsInt(next++));
            }
        });
    }

    private void look(long[] words, long address, int position) {
        int from = (int) (Reading.up(index.start(position)) - address >>> 3);
        int to = (int) (Reading.down(index.end(position)) - address >>> 3);
        if (index.lives(position)) {
            contents.look(words, from, to, position);
        }
    }

    private void readAlone(int position) throws InterruptedException {
        long[] areas = index.areas(position);
        for (int i = 0; i < areas.length; i += 2) {
            long start = index.start(position) + areas[i];
            reading.each(
                    start,
                    start + areas[i + 1],
                    () -> index.lives(position),
                    (words, count, address) -> contents.look(words, 0, count, position));
        }
    }
}
