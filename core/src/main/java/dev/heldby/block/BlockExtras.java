// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import java.util.Arrays;

/**
 * What few blocks have beside their records: the areas to which references are confined, and the block to which surplus
 * references are passed on. Guarded by the lock of the block's stripe.
 *
 * <p>An area is where it begins within the block, and its length. No address is kept as such.
 */
final class BlockExtras {
    private static final long[] NO_AREAS = {};

    private long[] areas = NO_AREAS;
    /** As in the records, and 0 for none. */
    long encodedExcess;

    void addArea(long offset, long length) {
        areas = Arrays.copyOf(areas, areas.length + 2);
        areas[areas.length - 2] = offset;
        areas[areas.length - 1] = length;
    }

    /** Pairs of an offset and a length; empty if the whole block is read. */
    long[] areas() {
        return areas.clone();
    }
}
