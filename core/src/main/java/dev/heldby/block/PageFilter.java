// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import java.util.Arrays;

/**
 * The pages in which blocks lie: a hashed bitmap that says of most other words, at a glance, that they point into no block. It
 * errs at one in twelve. Not safe for threads while it is filled.
 *
 * <p>The highest bit of each word of the map is set, so that none looks like an address.
 *
 * <p>Where the blocks cover very many pages, several pages are taken for one.
 */
final class PageFilter {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final int SMALLEST_PAGE_BITS = 12;
    private static final int LARGEST_PAGE_BITS = 30;
    private static final long MOST_PAGES = 1 << 22;
    private static final int BITS_A_PAGE = 16;
    private static final int FEWEST_BITS = 16;
    private static final int MOST_BITS = 27;

    private final int pageBits;
    private final int hashShift;
    private final long[] bitmap;

    /** An empty one for blocks that are so many and cover so many bytes. */
    PageFilter(int blocks, long bytes) {
        int bits = SMALLEST_PAGE_BITS;
        while (bits < LARGEST_PAGE_BITS && (bytes >>> bits) > MOST_PAGES) {
            bits++;
        }
        pageBits = bits;
        long pages = (bytes >>> bits) + 2L * blocks;
        int hashBits = Long.SIZE - Long.numberOfLeadingZeros(pages * BITS_A_PAGE);
        hashBits = Math.min(MOST_BITS, Math.max(FEWEST_BITS, hashBits));
        hashShift = Long.SIZE - hashBits;
        bitmap = new long[1 << hashBits - 6];
        Arrays.fill(bitmap, BlockRecords.TOP);
    }

    /** Adds the pages from that address on to the one before the end. */
    void add(long start, long end) {
        for (long page = start >>> pageBits; page <= end - 1 >>> pageBits; page++) {
            int bit = bit(page);
            bitmap[bit >>> 6] |= 1L << bit;
        }
    }

    private int bit(long page) {
        return (int) (page * GOLDEN >>> hashShift);
    }

    boolean mayHave(long address) {
        int bit = bit(address >>> pageBits);
        return (bitmap[bit >>> 6] & 1L << bit) != 0;
    }
}
