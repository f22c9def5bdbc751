// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * The records of blocks by start address, in stripes that threads seldom share. Any thread may call anything; a stripe's lock is held
 * while its record is looked at.
 */
final class BlockTable {
    static final int STRIPE_BITS = 6;
    private static final int STRIPES = 1 << STRIPE_BITS;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final int UNMIXED_BITS = 24;

    private final BlockRecords records;
    private final BlockStripe[] stripes = new BlockStripe[STRIPES];

    /** An empty one that shares so many areas among its blocks. */
    BlockTable(BlockRecords records, int areas) {
        this.records = records;
        AtomicInteger areasLeft = new AtomicInteger(areas);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new BlockStripe(records, areasLeft);
        }
    }

    /** The bits of an address that are evenly spread; the lowest choose the stripe, those above them the bucket. */
    static long hash(long address) {
        return address * GOLDEN >>> UNMIXED_BITS;
    }

    BlockStripe stripe(long address) {
        return stripes[(int) hash(address) & STRIPES - 1];
    }

    /**
     * Lists a block.
     *
     * @return the size of the one that began there and was overwritten; {@link BlockStripe#NEW}, or {@link BlockStripe#NO_ROOM}
     */
    long add(long address, long extent, long birth, int stack, int thread) {
        BlockStripe stripe = stripe(address);
        long before = stripe.add(address, extent, birth, stack, thread);
        if (before != BlockStripe.NO_ROOM) {
            return before;
        }
        int slot = takeFromAny();
        return slot == BlockRecords.NONE
                ? BlockStripe.NO_ROOM
                : stripe.add(slot, address, extent, birth, stack, thread);
    }

    private int takeFromAny() {
        for (BlockStripe stripe : stripes) {
            int slot = stripe.take();
            if (slot != BlockRecords.NONE) {
                return slot;
            }
        }
        return BlockRecords.NONE;
    }

    /** Returns its size; {@link BlockEvents#UNKNOWN} if none begins there. */
    long remove(long address) {
        return stripe(address).remove(address);
    }

    /** Does that with the slot of the block that begins there; false if there is none. */
    boolean with(long address, IntConsumer work) {
        return stripe(address).with(address, work);
    }

    /** Whether the block at that slot begins there and this holds for the slot. */
    boolean test(int slot, long address, IntPredicate condition) {
        return stripe(address).test(slot, address, condition);
    }

    void forEach(IntConsumer visitor) {
        for (BlockStripe stripe : stripes) {
            stripe.forEach(visitor);
        }
    }

    /** The block that the address is in; null if it is in none. */
    Block around(long address) {
        Block[] around = {null};
        with(address, slot -> around[0] = new Block(records, slot));
        for (int i = 0; i < STRIPES && around[0] == null; i++) {
            stripes[i].forEach(slot -> {
                if (Long.compareUnsigned(address - records.address(slot), records.size(slot)) < 0) {
                    around[0] = new Block(records, slot);
                }
            });
        }
        return around[0];
    }

    int held() {
        int held = 0;
        for (BlockStripe stripe : stripes) {
            held += stripe.held();
        }
        return held;
    }

    /** Forgets all, and takes no more. */
    void close() {
        for (BlockStripe stripe : stripes) {
            stripe.close();
        }
    }
}
