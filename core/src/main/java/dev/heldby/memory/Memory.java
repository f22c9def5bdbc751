// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.IOException;
import java.util.List;

/** What a scan reads: the memory of a process in which references to off-heap blocks may lie. */
public interface Memory {
    /** Readable memory from start (inclusive) to end (exclusive), aligned to 8 bytes. */
    record Region(long start, long end) {}

    /**
     * All that may hold references at this moment, thread stacks only if asked for; in order, without overlap. Throws
     * IOException with a sentence if it cannot be known.
     */
    List<Region> regions(boolean threadStacks) throws IOException;

    /**
     * Reads that many words from that address on into the buffer (native byte order), and returns how many could be read, 0
     * to count; what is unmapped ends the reading.
     */
    int read(long address, long[] words, int count);

    /**
     * A number that changes whenever the collector has, or may have, moved objects: a pass within which it changed is
     * repeated.
     */
    long movements();
}
