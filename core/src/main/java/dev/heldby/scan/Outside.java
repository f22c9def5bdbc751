// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.BlockIndex;
import dev.heldby.memory.Memory.Region;

/**
 * What of a region lies outside of the blocks that live. For one thread, once.
 *
 * <p>An allocator gives out a little more than was asked for, and never clears it. With glibc's the word before a block tells the size
 * of its chunk, which ends less than two words and a header behind the block: so far the memory is the block's. A word
 * that fits the block's size by chance hides no more than that from the scan.
 */
final class Outside {
    /** Below the size of a chunk. */
    private static final int CHUNK_FLAGS = 7;

    private static final int CHUNK_ALIGNMENT = 2 * Long.BYTES;

    private final BlockIndex index;
    private final Reading reading;
    private final Region region;
    /** The first that was not passed. */
    private int block;
    /** Where the blocks end that were passed. */
    private long passed;

    Outside(BlockIndex index, Reading reading, Region region) {
        this.index = index;
        this.reading = reading;
        this.region = region;
        this.block = living(index.firstBehind(region.start()));
    }

    /** Looks at words that lie outside. */
    interface Gap {
        /** Words from the one number to before the other, each exclusive or with the reading's key. */
        void look(long[] words, int from, int to);
    }

    private int living(int position) {
        int living = position;
        while (living < index.size() && !index.lives(living)) {
            living++;
        }
        return living;
    }

    void read(Gap gap) throws InterruptedException {
        long at = behindBlocks(region.start());
        while (at < region.end()) {
            at = behindBlocks(
                    reading.next(at, region.end(), (words, count, address) -> look(words, count, address, gap)));
        }
    }

    /** The first word from that address on that begins in no block. */
    private long behindBlocks(long address) {
        long at = Math.max(address, passed);
        while (block < index.size() && index.start(block) <= at) {
            at = Math.max(at, Reading.up(index.end(block)));
            block = living(block + 1);
        }
        passed = at;
        return at;
    }

    private void look(long[] words, int count, long address, Gap gap) {
        long end = address + (long) count * Long.BYTES;
        long at = address;
        while (at < end) {
            long start = block < index.size() ? Reading.up(index.start(block)) : end;
            long gapEnd = Math.min(end, start);
            int to = (int) (gapEnd - address >>> 3);
            gap.look(words, (int) (at - address >>> 3), to);
            long chunkEnd = start < end && to > 0 ? chunkEnd(words[to - 1] ^ reading.key()) : 0;
            at = behindBlocks(Math.max(gapEnd, chunkEnd));
        }
    }

    /** Where the chunk of the next block ends, if the word before it is its header; 0 if it is not. */
    private long chunkEnd(long header) {
        long size = index.end(block) - index.start(block);
        long smallest = size + Long.BYTES + CHUNK_ALIGNMENT - 1 & -CHUNK_ALIGNMENT;
        return (header & ~CHUNK_FLAGS) == smallest ? index.start(block) + smallest - Long.BYTES : 0;
    }
}
