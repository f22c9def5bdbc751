// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import dev.heldby.lock.SpinLock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * The blocks of some start addresses: a hash table with chains through the records. It is its own lock, which guards everything
 * in it and the records that it reaches; who holds it takes no other stripe's.
 *
 * <p>A bucket's slot lies in the table with its highest bit set, so that no two of them together look like an address.
 */
final class BlockStripe extends SpinLock {
    /** That an address was not listed before. */
    static final long NEW = -1;
    /** That neither the stripe nor the pool has a slot left. */
    static final long NO_ROOM = -2;

    private static final int EMPTY = -1;
    private static final int FEWEST_BUCKETS = 4;

    private final BlockRecords records;
    private final AtomicInteger areasLeft;
    private final Map<Integer, BlockExtras> extras = new HashMap<>();
    private int[] buckets = emptyBuckets(FEWEST_BUCKETS);
    private int held;
    /** The chain of slots that held a block once. */
    private int free = BlockRecords.NONE;
    /** The slots from the first of these to before the second were never used. */
    private int unused;

    private int endOfRun;

    private boolean closed;

    /**
     * One without blocks.
     *
     * @param areasLeft how many areas there is room for, which all stripes share
     */
    BlockStripe(BlockRecords records, AtomicInteger areasLeft) {
        this.records = records;
        this.areasLeft = areasLeft;
    }

    private static int[] emptyBuckets(int count) {
        int[] buckets = new int[count];
        Arrays.fill(buckets, EMPTY);
        return buckets;
    }

    /** Lists a block at a slot of this stripe's, or of the pool; see {@link #add(int, long, long, long, int, int)}. */
    long add(long address, long extent, long birth, int stack, int thread) {
        lock();
        try {
            if (closed) {
                return NEW;
            }
            int own = free();
            int slot = own == BlockRecords.NONE ? open() : own;
            return slot == BlockRecords.NONE ? NO_ROOM : list(slot, address, extent, birth, stack, thread);
        } finally {
            unlock();
        }
    }

    private int free() {
        if (free != BlockRecords.NONE) {
            int slot = free;
            free = records.next(slot);
            return slot;
        }
        return unused < endOfRun ? unused++ : BlockRecords.NONE;
    }

    private int open() {
        int first = records.open();
        if (first != BlockRecords.NONE) {
            endOfRun = records.endOfRun(first);
            unused = first + 1;
        }
        return first;
    }

    /** A slot that no block has, or none; what an overfull stripe takes from another. */
    int take() {
        lock();
        try {
            return free();
        } finally {
            unlock();
        }
    }

    /**
     * Lists a block at that slot, which is the caller's. A block that begins at the same address already is overwritten, and
     * the slot is free again.
     *
     * @return the size of the block that was overwritten, or {@link #NEW}, also if that came by another rule
     */
    long add(int slot, long address, long extent, long birth, int stack, int thread) {
        lock();
        try {
            return closed ? NEW : list(slot, address, extent, birth, stack, thread);
        } finally {
            unlock();
        }
    }

    private long list(int slot, long address, long extent, long birth, int stack, int thread) {
        int bucket = bucket(address, buckets.length);
        int there = find(bucket, address);
        if (there != BlockRecords.NONE) {
            long size = records.rule(there) == BlockRecords.rule(birth) ? records.size(there) : NEW;
            dropExtras(there);
            records.write(there, address, extent, birth, stack, thread);
            freeSlot(slot);
            return size;
        }
        records.write(slot, address, extent, birth, stack, thread);
        link(slot, bucket);
        held++;
        if (held > buckets.length + buckets.length / 2) {
            grow();
        }
        return NEW;
    }

    private static int bucket(long address, int buckets) {
        return (int) (BlockTable.hash(address) >>> BlockTable.STRIPE_BITS) & buckets - 1;
    }

    private int find(int bucket, long address) {
        long encoded = address ^ records.secret;
        int slot = buckets[bucket] & BlockRecords.NONE;
        while (slot != BlockRecords.NONE && records.encoded(slot) != encoded) {
            slot = records.next(slot);
        }
        return slot;
    }

    private int find(long address) {
        return find(bucket(address, buckets.length), address);
    }

    private void link(int slot, int bucket) {
        records.next(slot, buckets[bucket] & BlockRecords.NONE);
        buckets[bucket] = slot | ~BlockRecords.NONE;
    }

    private void grow() {
        int[] old = buckets;
        buckets = emptyBuckets(old.length * 2);
        for (int head : old) {
            int slot = head & BlockRecords.NONE;
            while (slot != BlockRecords.NONE) {
                int next = records.next(slot);
                link(slot, bucket(records.address(slot), buckets.length));
                slot = next;
            }
        }
    }

    /** Returns its size; {@link BlockEvents#UNKNOWN} if there was no such block. */
    long remove(long address) {
        lock();
        try {
            int bucket = bucket(address, buckets.length);
            int slot = find(bucket, address);
            if (slot == BlockRecords.NONE) {
                return BlockEvents.UNKNOWN;
            }
            long size = records.size(slot);
            unlink(slot, bucket);
            dropExtras(slot);
            records.erase(slot);
            freeSlot(slot);
            held--;
            return size;
        } finally {
            unlock();
        }
    }

    private void unlink(int slot, int bucket) {
        int before = buckets[bucket] & BlockRecords.NONE;
        if (before == slot) {
            buckets[bucket] = records.next(slot) | ~BlockRecords.NONE;
            return;
        }
        while (records.next(before) != slot) {
            before = records.next(before);
        }
        records.next(before, records.next(slot));
    }

    private void freeSlot(int slot) {
        records.next(slot, free);
        free = slot;
    }

    private void dropExtras(int slot) {
        if (records.has(slot, BlockRecords.EXTRAS)) {
            areasLeft.addAndGet(extras.remove(slot).areas().length / 2);
        }
    }

    /** What is kept beside the record at that slot, or null. For the holder of the lock. */
    BlockExtras extras(int slot) {
        return records.has(slot, BlockRecords.EXTRAS) ? extras.get(slot) : null;
    }

    /** As {@link #extras}, made if there was none. */
    BlockExtras extrasToChange(int slot) {
        records.add(slot, BlockRecords.EXTRAS);
        return extras.computeIfAbsent(slot, none -> new BlockExtras());
    }

    /** Confines references to that area, and to those it is confined to already; false if there is no room for that. */
    boolean addArea(int slot, long offset, long length) {
        if (areasLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            records.add(slot, BlockRecords.FULL_SCAN);
            return false;
        }
        extrasToChange(slot).addArea(offset, length);
        return true;
    }

    /** Does that with the slot of the block that begins there, under the lock; false if there is none. */
    boolean with(long address, IntConsumer work) {
        lock();
        try {
            int slot = find(address);
            if (slot == BlockRecords.NONE) {
                return false;
            }
            work.accept(slot);
            return true;
        } finally {
            unlock();
        }
    }

    /** Whether the block at that slot begins there and this holds for the slot; asked under the lock. */
    boolean test(int slot, long address, IntPredicate condition) {
        lock();
        try {
            return !closed && records.encoded(slot) == (address ^ records.secret) && condition.test(slot);
        } finally {
            unlock();
        }
    }

    /** Visits the slot of each block, under the lock. */
    void forEach(IntConsumer visitor) {
        lock();
        try {
            for (int head : buckets) {
                int slot = head & BlockRecords.NONE;
                while (slot != BlockRecords.NONE) {
                    visitor.accept(slot);
                    slot = records.next(slot);
                }
            }
        } finally {
            unlock();
        }
    }

    int held() {
        lock();
        try {
            return held;
        } finally {
            unlock();
        }
    }

    /** Forgets all its blocks, and takes no more. */
    void close() {
        lock();
        try {
            closed = true;
            extras.clear();
            buckets = emptyBuckets(FEWEST_BUCKETS);
            held = 0;
            free = BlockRecords.NONE;
            unused = endOfRun;
        } finally {
            unlock();
        }
    }
}
