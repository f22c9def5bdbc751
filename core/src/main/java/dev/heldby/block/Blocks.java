// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import dev.heldby.Level;
import dev.heldby.depot.StackDepot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * The off-heap blocks that are allocated now, each with its size, the stack and the thread that allocated it, and how many
 * references it needs in order not to be a leak. The kernel's {@code kmemleak}, without its scan.
 *
 * <p>Addresses of 0 or less, and sizes of 0 or less, are ignored. No operation throws: what makes no sense is told to the
 * complaints, a sentence each, on the thread that called and without a lock. When the pool of records is used up, or a scan
 * finds two blocks that overlap, recording ends for good with one sentence, and all operations do nothing from then on.
 *
 * <p>An allocation at the address of a recorded block is none of those: its free was not seen, because another door was taken
 * or recording began between the two. No allocator gives out memory that is in use, so the new record replaces the old one;
 * that is counted, and told once. For the same reason a free of an unknown address is silent. That it is inside of a block
 * is not found out, since that would take a walk through all records at each free of a block that is older than recording.
 *
 * <p>Blocks of two rules may lie one in the other, where one allocator made the younger of what the other one gave it. At the
 * same address it replaces the older; else the older is a chunk, which is not judged as long as there is a part in it.
 *
 * <p>Any thread may call anything at any time. A free must be told before the memory is freed, an allocation after it was made.
 * Each takes one short lock, which threads seldom share. What may be told an address inside of a block, or lists blocks,
 * walks through all records, one stripe's lock at a time. Cost: at most 48 bytes a block, and its stack's share of the depot.
 */
public final class Blocks implements BlockEvents {
    private static final int MOST_AREAS = 1 << 16;

    private final BlockRecords records;
    final BlockTable table;
    private final StackDepot depot;
    private final IntSupplier thread;
    private final LongSupplier millis;
    private final BlockComplaints complaints;
    private final long originMillis;

    private final AtomicInteger order = new AtomicInteger();
    private final AtomicLong missedFrees = new AtomicLong();
    private volatile IntFunction<Level> levels = rule -> Level.TRACE;
    private volatile boolean missed;
    /* Both are changed under this object's lock only. */
    private volatile boolean on = true;
    private volatile boolean foundLeaks;

    /**
     * For at most so many blocks at a time.
     *
     * @param thread gives the number of the thread that calls, of which 16 bits are kept
     * @param millis a clock, which may be coarse
     */
    public Blocks(
            int capacity, StackDepot depot, IntSupplier thread, LongSupplier millis, Consumer<String> complaints) {
        this(capacity, depot, thread, millis, complaints, MOST_AREAS);
    }

    Blocks(
            int capacity,
            StackDepot depot,
            IntSupplier thread,
            LongSupplier millis,
            Consumer<String> complaints,
            int areas) {
        if (capacity < 1 || capacity == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("There cannot be records of " + capacity + " blocks: give it 1 to "
                    + (Integer.MAX_VALUE - 1) + " of them.");
        }
        this.records = new BlockRecords(capacity);
        this.table = new BlockTable(records, areas);
        this.depot = depot;
        this.thread = thread;
        this.millis = millis;
        this.complaints = new BlockComplaints(complaints);
        this.originMillis = millis.getAsLong();
    }

    /** A block was allocated by the first rule, and needs one reference. */
    public void allocated(long address, long size) {
        allocated(address, size, 0);
    }

    /** A block was allocated by that rule, and needs one reference. Nothing if the rule's level is off. */
    @Override
    public void allocated(long address, long size, int rule) {
        recordIfOn(address, size, rule, 1);
    }

    /** As {@link #allocated(long, long)}, with so many references needed: 0 for a root, -1 for one that is ignored. */
    public void allocatedNeeding(int references, long address, long size) {
        recordIfOn(address, size, 0, references);
    }

    private void recordIfOn(long address, long size, int rule, int needed) {
        if (on && address > 0 && size > 0 && levels.apply(rule) != Level.OFF) {
            record(address, size, rule, needed, stackHere(rule));
        }
    }

    private int stackHere(int rule) {
        try {
            return levels.apply(rule).compareTo(Level.TRACE) >= 0 ? depot.save() : 0;
        } catch (OutOfMemoryError | StackOverflowError e) {
            return 0;
        }
    }

    private void record(long address, long size, int rule, int needed, int stack) {
        try {
            long extent = BlockRecords.extent(
                    Math.max(-1, Math.min(needed, BlockRecords.MOST_NEEDED)), Math.min(size, BlockRecords.LARGEST));
            long birth = BlockRecords.birth(nowMillis(), rule, order.getAndIncrement());
            if (!add(address, extent, birth, stack, thread.getAsInt())) {
                endFor("There are more than " + records.capacity + " off-heap blocks");
            }
        } catch (OutOfMemoryError e) {
            endFor("There is no memory for the record of an off-heap block");
        }
    }

    private boolean add(long address, long extent, long birth, int stack, int thread) {
        long before = table.add(address, extent, birth, stack, thread);
        if (before >= 0) {
            missedFrees.getAndIncrement();
            complaints.missedFree(address, before);
        }
        return before != BlockStripe.NO_ROOM;
    }

    private void endFor(String reason) {
        if (end()) {
            complaints.ended(reason);
        }
    }

    /** Milliseconds since these blocks were made. */
    public long nowMillis() {
        return Math.max(0, millis.getAsLong() - originMillis);
    }

    /** The block that begins there is being freed. Nothing for an address at which none begins. */
    @Override
    public long freed(long address) {
        return on && address > 0 ? table.remove(address) : UNKNOWN;
    }

    /** From now on, of two blocks that overlap the older one is taken to be gone. */
    @Override
    public void missed() {
        missed = true;
    }

    /**
     * A part of the block around that address is being freed. What is left of it on either side is a block from now on, which
     * needs as many references and was allocated here and now. Nothing for an address in no block.
     */
    public void freedPart(long address, long size) {
        if (!on || address <= 0 || size <= 0) {
            return;
        }
        Block block = blockAround(address);
        if (block != null && table.remove(block.address()) != UNKNOWN) {
            int stack = stackHere(block.rule());
            long end = address + Math.min(size, Long.MAX_VALUE - address);
            remainder(block, block.address(), address, stack);
            remainder(block, end, block.address() + block.size(), stack);
        }
    }

    private void remainder(Block of, long start, long end, int stack) {
        if (start < end) {
            record(start, end - start, of.rule(), of.needed(), stack);
        }
    }

    /** The block that begins there is never a leak, and what it points to is referenced. */
    public void notLeak(long address) {
        change(address, slot -> records.needed(slot, 0));
    }

    /** The block that begins there is never a leak, and what it points to is not referenced by it. */
    public void ignore(long address) {
        change(address, slot -> {
            records.needed(slot, -1);
            records.add(slot, BlockRecords.NO_SCAN);
        });
    }

    /** The contents of the block that begins there reference nothing. */
    public void noScan(long address) {
        if (!change(address, slot -> records.add(slot, BlockRecords.NO_SCAN))) {
            complaints.unknown(address, "its contents are not left out of scans");
        }
    }

    /** The block that begins there may be without a reference for a while: the next scan takes it for changed. */
    public void transientLeak(long address) {
        if (!change(address, slot -> records.checksum(slot, BlockRecords.NO_CHECKSUM))) {
            complaints.unknown(address, "it is not spared by the next scan");
        }
    }

    /**
     * From now on references are only looked for in such areas of the block. Size {@link Long#MAX_VALUE} is up to its end.
     *
     * @param address where the area begins, in whichever block
     */
    public void scanArea(long address, long size) {
        if (!on || address <= 0 || size <= 0) {
            return;
        }
        Block block = blockAround(address);
        if (block == null) {
            complaints.unknown(address, "no area of it is set apart for scans");
        } else {
            scanArea(block, address - block.address(), size);
        }
    }

    private void scanArea(Block block, long offset, long size) {
        long length = size == Long.MAX_VALUE ? block.size() - offset : size;
        if (length > block.size() - offset) {
            complaints.areaTooLarge(block, offset, size);
            return;
        }
        boolean[] room = {true};
        BlockStripe stripe = table.stripe(block.address());
        change(block.address(), slot -> room[0] = stripe.addArea(slot, offset, length));
        if (!room[0]) {
            complaints.noRoomForArea(block);
        }
    }

    /**
     * References to the descriptor, beyond those it needs itself, count for the other block: that of memory which is known by
     * a descriptor alone.
     */
    public void excessReference(long descriptor, long block) {
        boolean known = change(
                descriptor,
                slot -> table.stripe(descriptor).extrasToChange(slot).encodedExcess = block ^ records.secret);
        if (!known) {
            complaints.unknown(descriptor, "its surplus references count for no other block");
        }
    }

    /** The block around that address was handed on: its stack is that of this call from now on. Nothing if there is none. */
    public void updateTrace(long address) {
        Block block = on && address > 0 ? blockAround(address) : null;
        if (block != null) {
            int stack = stackHere(block.rule());
            change(block.address(), slot -> records.stack(slot, stack));
        }
    }

    /** True also if it had nothing to do, so that nothing is complained of. */
    private boolean change(long address, IntConsumer change) {
        return !on || address <= 0 || table.with(address, change);
    }

    /** At which level each rule's blocks are recorded: from <em>trace</em> on with their stacks. So all are until this is called. */
    public void levels(IntFunction<Level> ofRule) {
        levels = ofRule;
    }

    /** Drops what came by that rule, since its frees are not told any more. */
    public void forget(int rule) {
        List<Block> gone = new ArrayList<>();
        table.forEach(slot -> {
            if (records.rule(slot) == rule) {
                gone.add(new Block(records, slot));
            }
        });
        gone.forEach(block -> table.remove(block.address()));
    }

    /** The block that the address is in; null if it is in none. */
    public Block blockAround(long address) {
        return table.around(address);
    }

    /** The blocks that a scan reported and to which too few references are known still, in the order of their allocation. */
    public List<Block> leaks() {
        List<Block> leaks = new ArrayList<>();
        table.forEach(slot -> {
            if (isLeak(slot)) {
                leaks.add(new Block(records, slot));
            }
        });
        leaks.sort(Block.OLDEST_FIRST);
        return leaks;
    }

    private boolean isLeak(int slot) {
        return records.has(slot, BlockRecords.REPORTED) && records.isWhite(slot);
    }

    /** Gives what is known of each, while others that have some bits of its address in common wait. */
    public void forEach(Consumer<Block> visitor) {
        table.forEach(slot -> visitor.accept(new Block(records, slot)));
    }

    /** How many there are. */
    public int held() {
        return table.held();
    }

    /** How many blocks were found to be freed unseen, since their addresses were allocated anew. */
    public long missedFrees() {
        return missedFrees.get();
    }

    /** Forgets the leaks: they become roots, so that what they point to is no leak either. After the end, all records go. */
    public synchronized void clear() {
        foundLeaks = false;
        if (on) {
            table.forEach(slot -> {
                if (isLeak(slot)) {
                    records.needed(slot, 0);
                }
            });
        } else {
            forgetAll();
        }
    }

    private void forgetAll() {
        table.close();
        records.release();
    }

    public boolean isOn() {
        return on;
    }

    /**
     * Ends recording, for good. If leaks were found the records stay, so that they can be listed, until they are cleared.
     *
     * @return false if it had ended before
     */
    public synchronized boolean end() {
        boolean wasOn = on;
        on = false;
        if (wasOn && !foundLeaks) {
            forgetAll();
        }
        return wasOn;
    }

    synchronized void foundLeaks() {
        foundLeaks = true;
    }

    /** The blocks there are now, for a scan. At most one scan goes on at a time. */
    public BlockIndex index() {
        return BlockIndex.of(this, records);
    }

    /** Whether the other block is a part of that one, which another rule's allocator cut out of it. */
    static boolean isChunk(Block one, Block other) {
        return one.rule() != other.rule()
                && Block.OLDEST_FIRST.compare(one, other) < 0
                && other.address() + other.size() <= one.address() + one.size();
    }

    /**
     * One of two blocks cannot exist, the first of which begins before the other. The older one is gone if frees may have been
     * missed: as they are known to have been, or as two rules tell of them. Else recording ends.
     *
     * @return whether it ends
     */
    boolean overlap(Block one, Block other) {
        if (missed || one.rule() != other.rule()) {
            long gone = (Block.OLDEST_FIRST.compare(one, other) < 0 ? one : other).address();
            table.remove(gone);
            missedFrees.getAndIncrement();
            return false;
        }
        if (end()) {
            complaints.endedByOverlap(one, other);
        }
        return true;
    }
}
