// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Off-heap memory where the words of a file arrive before they are encoded. It is full of copied addresses, so whoever reads it
 * as memory has to be given zeros, and it is never freed while others might still read. Used by one thread at a time.
 *
 * <p>Its own address is found without the internals of the JDK: a buffer tells its alignment, which is the address's lower
 * bits, and of the mapped places with those bits it is the one where a random text is read that was written into it.
 */
final class Window {
    static final int WORDS = 8192;

    private static final int ALIGNMENT = 1 << 30;

    private final ByteBuffer bytes;
    private final LongBuffer words;
    private final Region where;

    /** @throws IOException with a sentence, if the memory cannot be read where it must be */
    Window(ProcFile memory) throws IOException {
        this.bytes = direct(WORDS * Long.BYTES);
        this.words = bytes.asLongBuffer();
        long start = findStart(memory);
        this.where = new Region(start, start + bytes.capacity());
    }

    private static ByteBuffer direct(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    private long findStart(ProcFile memory) throws IOException {
        SplittableRandom random = new SplittableRandom();
        bytes.putLong(0, random.nextLong()).putLong(Long.BYTES, random.nextLong());
        ByteBuffer expected = bytes.slice(0, 2 * Long.BYTES);
        ByteBuffer read = direct(2 * Long.BYTES);
        int lowerBits = bytes.alignmentOffset(0, ALIGNMENT);
        for (Mapping mapping : Mapping.ofThisProcess()) {
            long first = mapping.start() + ((lowerBits - mapping.start()) & (ALIGNMENT - 1));
            for (long at = first; mapping.mayHoldReferences() && at < mapping.end(); at += ALIGNMENT) {
                memory.read(read.clear(), at);
                if (read.flip().equals(expected)) {
                    return at;
                }
            }
        }
        throw new IOException(
                "What this process wrote into its memory is not what /proc/self/mem reads there, so a scan of its"
                        + " memory cannot be done. Run it on a Linux kernel, not on one that only looks like it.");
    }

    Region where() {
        return where;
    }

    /**
     * Reads words of the file, from that position on.
     *
     * @return how many could be read; fewer than {@value #WORDS} of them even if there are more
     */
    int read(ProcFile file, long position, long[] to, int index, int count, long key) {
        bytes.clear().limit(Math.min(count, WORDS) * Long.BYTES);
        int read = file.read(bytes, position) / Long.BYTES;
        for (int i = 0; i < read; i++) {
            to[index + i] = words.get(i) ^ key;
        }
        return read;
    }

    /** Makes zeros of the words that were read out of this window itself, by any thread. */
    void hide(long address, long[] read, int count, long key) {
        long from = Math.max(address, where.start());
        long end = Math.min(address + (long) count * Long.BYTES, where.end());
        if (from < end) {
            Arrays.fill(read, (int) ((from - address) / Long.BYTES), (int) ((end - address) / Long.BYTES), key);
        }
    }
}
