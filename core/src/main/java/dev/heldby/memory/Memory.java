// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Memory that a scan for references reads.
 *
 * <p>The scanner's own tables may lie in that memory, and an address in them must not look like a reference. What was read is
 * therefore encoded: a word is {@code words[i] ^ memory.key()}, which belongs in a local variable and nowhere else.
 *
 * <p>Safe for threads. The lists are as old as the call; memory that came or went since is not known to them.
 */
public interface Memory {
    /**
     * Readable memory from start (inclusive) to end (exclusive), aligned to 8 bytes.
     *
     * <p>A region may begin in the middle of a large block, so its bounds are stored encoded, as everything else is.
     */
    record Region(long start, long end) {
        private static final long KEY = new SplittableRandom().nextLong() | Long.MIN_VALUE;

        public Region {
            if (start < 0 || end < start) {
                throw new IllegalArgumentException("There is no memory from 0x" + Long.toHexString(start) + " to 0x"
                        + Long.toHexString(end) + ": a region ends at or after its start, and neither is negative.");
            }
            start ^= KEY;
            end ^= KEY;
        }

        @Override
        public long start() {
            return start ^ KEY;
        }

        @Override
        public long end() {
            return end ^ KEY;
        }

        /** In bytes. */
        public long size() {
            return end() - start();
        }

        boolean contains(Region other) {
            return start() <= other.start() && other.end() <= end();
        }

        @Override
        public String toString() {
            return Long.toHexString(start()) + "-" + Long.toHexString(end());
        }
    }

    /**
     * All that may hold references at this moment, in order and without overlap.
     *
     * @param threadStacks whether that includes the threads' stacks. The stack of the thread that asks is never in it, because
     *     it holds what the scan itself has just looked at
     * @throws IOException with a sentence, if it cannot be known or not be read
     */
    List<Region> regions(boolean threadStacks) throws IOException;

    /**
     * Reads words from that address on, in the byte order of the machine, each exclusive or with the {@link #key}.
     *
     * @return how many could be read, 0 to count; what is unmapped ends the reading
     */
    int read(long address, long[] words, int count);

    /** What each word that was read is exclusive or with; 0 where the reader does not lie in the memory that it reads. */
    default long key() {
        return 0;
    }

    /**
     * A number that changes whenever the collector has, or may have, moved objects: a pass within which it changed is to be
     * repeated.
     */
    long movements();
}
