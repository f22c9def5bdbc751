// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.memory.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/**
 * Memory read piece by piece into one buffer, which is used for all scans: what a scan leaves of other memory in its own must
 * not be found by the next one. For one thread at a time.
 */
final class Reading {
    /** How many words are read at once. */
    static final int PIECE = 1 << 13;

    static final long UNREADABLE = -1;
    private static final long PAGE = 1 << 12;
    /** The highest bit keeps the order of addresses and makes them none. */
    private static final long NO_ADDRESS = Long.MIN_VALUE;

    private final Memory memory;
    private final long[] words = new long[PIECE];
    private final ByteBuffer bytes = ByteBuffer.allocate(PIECE * Long.BYTES).order(ByteOrder.nativeOrder());
    private BooleanSupplier interrupted = () -> false;
    private long bytesRead;
    /* Of which memory the words are, if for a checksum, with the highest bit set; the end is that alone if for something else. */
    private long haveFrom = NO_ADDRESS;
    private long haveEnd = NO_ADDRESS;

    Reading(Memory memory) {
        this.memory = memory;
    }

    /** Looks at some of the words. */
    interface Piece {
        /** Words from 0 to before the count, read from that address on, each exclusive or with the {@link #key}. */
        void look(long[] words, int count, long address);
    }

    /** See {@link Memory#key()}. */
    long key() {
        return memory.key();
    }

    /** From now on that interrupts. */
    void begin(BooleanSupplier interrupted) {
        this.interrupted = interrupted;
        bytesRead = 0;
    }

    /** Leaves nothing of what was read. */
    void erase() {
        haveEnd = NO_ADDRESS;
        Arrays.fill(words, 0);
        Arrays.fill(bytes.array(), (byte) 0);
    }

    long bytesRead() {
        return bytesRead;
    }

    void checkInterrupted() throws InterruptedException {
        if (interrupted.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }

    static long up(long address) {
        return address + Long.BYTES - 1 & -Long.BYTES;
    }

    static long down(long address) {
        return address & -Long.BYTES;
    }

    /**
     * Reads one piece from that address on, which is aligned, but not to the end or beyond.
     *
     * @return where to go on: behind it, or at the next page if some could not be read
     */
    long next(long at, long end, Piece piece) throws InterruptedException {
        checkInterrupted();
        int wanted = (int) Math.min(PIECE, end - at >>> 3);
        int count = read(at, wanted);
        long behind = at + (long) count * Long.BYTES;
        piece.look(words, count, at);
        return count == wanted ? behind : (behind | PAGE - 1) + 1;
    }

    private int read(long at, int wanted) {
        haveEnd = NO_ADDRESS;
        int count = memory.read(at, words, wanted);
        bytesRead += (long) count * Long.BYTES;
        return count;
    }

    /** Reads every aligned word from start to end, as long as that holds. */
    void each(long start, long end, BooleanSupplier holds, Piece piece) throws InterruptedException {
        long at = up(start);
        while (at < down(end) && holds.getAsBoolean()) {
            at = next(at, down(end), piece);
        }
    }

    /**
     * CRC-32 of the bytes from start to end as they are read, each word with the {@link #key}, or {@link #UNREADABLE} if some are. Of
     * many that are asked for in the order of their addresses and lie close to each other, several are read at once.
     */
    long checksum(long start, long end) throws InterruptedException {
        CRC32 crc = new CRC32();
        for (long at = down(start); at < end; at += PIECE * Long.BYTES) {
            checkInterrupted();
            int wanted = (int) Math.min(PIECE, up(end) - at >>> 3);
            if (!have(at, wanted)) {
                return UNREADABLE;
            }
            bytes.clear().asLongBuffer().put(words, (int) ((at | NO_ADDRESS) - haveFrom >>> 3), wanted);
            bytes.limit((int) Math.min(end - at, bytes.capacity())).position((int) Math.max(0, start - at));
            crc.update(bytes);
        }
        return crc.getValue();
    }

    /** Whether so many words from that address on could be read, now or before. */
    private boolean have(long at, int wanted) {
        long from = at | NO_ADDRESS;
        long end = from + (long) wanted * Long.BYTES;
        if (from < haveFrom || haveEnd < end) {
            boolean goesOn = haveFrom <= from && from - haveEnd < PAGE;
            int count = read(at, goesOn ? PIECE : wanted);
            haveFrom = from;
            haveEnd = from + (long) count * Long.BYTES;
        }
        return end <= haveEnd;
    }
}
