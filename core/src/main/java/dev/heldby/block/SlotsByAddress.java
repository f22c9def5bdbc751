// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import java.util.Arrays;

/**
 * Slots, each with the address of its block, that can be put in the order of the addresses. For one thread. Costs 12 bytes a slot, and as
 * much again while they are sorted, in a time that grows as they do.
 *
 * <p>The highest bit of each address and of each slot is set, so that none of the words looks like an address.
 */
final class SlotsByAddress {
    private static final int DIGIT_BITS = 16;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private long[] marked;
    private int[] slots;
    private int size;

    /** None yet, and room for about so many. */
    SlotsByAddress(int capacity) {
        marked = new long[Math.max(16, capacity)];
        slots = new int[marked.length];
    }

    /** Adds one, by its address with the highest bit set. */
    void add(long address, int slot) {
        if (size == slots.length) {
            marked = Arrays.copyOf(marked, size * 2);
            slots = Arrays.copyOf(slots, size * 2);
        }
        marked[size] = address;
        slots[size++] = slot | ~BlockRecords.NONE;
    }

    /** By the lowest digits first, each time in the order of the time before. */
    void sort() {
        for (int shift = 0; shift < Long.SIZE && size > 0; shift += DIGIT_BITS) {
            sortByDigit(shift);
        }
    }

    private void sortByDigit(int shift) {
        long[] behind = new long[DIGITS];
        for (int i = 0; i < size; i++) {
            behind[digit(marked[i], shift)]++;
        }
        if (behind[digit(marked[0], shift)] == size) {
            return;
        }
        for (int i = 1; i < DIGITS; i++) {
            behind[i] += behind[i - 1];
        }
        long[] newMarked = new long[size];
        int[] newSlots = new int[size];
        for (int i = size - 1; i >= 0; i--) {
            int place = (int) --behind[digit(marked[i], shift)];
            newMarked[place] = marked[i];
            newSlots[place] = slots[i];
        }
        marked = newMarked;
        slots = newSlots;
    }

    private static int digit(long address, int shift) {
        return (int) (address >>> shift) & DIGITS - 1;
    }

    /** All addresses. Not a copy where that can be. */
    long[] addresses() {
        return marked.length == size ? marked : Arrays.copyOf(marked, size);
    }

    /** The slot that belongs to each address; see {@link #slot}. */
    int[] slots() {
        return slots.length == size ? slots : Arrays.copyOf(slots, size);
    }

    /** The number of a slot as it is kept here. */
    static int slot(int kept) {
        return kept & BlockRecords.NONE;
    }
}
