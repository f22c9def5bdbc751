// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * The blocks of one moment in the order of their addresses, each known by its position: what a scan looks words up in, and
 * through which it reads and writes the records.
 *
 * <p>For one thread. The blocks go on changing meanwhile: one that was freed since {@link #lives} no more, and what is asked
 * or told of it has no effect; one that was allocated since has no position. Costs 22 bytes a block and the filter of pages.
 *
 * <p>Addresses lie here with their highest bit set, which keeps their order and makes them no addresses.
 */
public final class BlockIndex {
    /** No block. */
    public static final int NONE = -1;

    private static final int LISTED = 0x80;
    private static final int WHITE = 0x40;

    private final Blocks blocks;
    private final BlockTable table;
    private final BlockRecords records;
    private final long[] starts;
    private final long[] ends;
    private final int[] slots;
    private final byte[] needed;
    private final byte[] flags;
    private final long lowest;
    private final long span;

    private final PageFilter pages;

    private BlockIndex(Blocks blocks, BlockRecords records, SlotsByAddress order) {
        this.blocks = blocks;
        this.table = blocks.table;
        this.records = records;
        this.starts = order.addresses();
        this.slots = order.slots();
        this.ends = starts.clone();
        this.needed = new byte[starts.length];
        this.flags = new byte[starts.length];
        for (int i = 0; i < starts.length; i++) {
            list(i);
        }
        this.lowest = starts.length == 0 ? 0 : starts[0];
        this.span = Arrays.stream(ends).max().orElse(0) - lowest;
        this.pages = pages();
    }

    static BlockIndex of(Blocks blocks, BlockRecords records) {
        SlotsByAddress order = new SlotsByAddress(blocks.held());
        blocks.table.forEach(slot -> {
            records.drop(slot, BlockRecords.INDEXED);
            order.add(records.marked(slot), slot);
        });
        order.sort();
        return new BlockIndex(blocks, records, order);
    }

    private void list(int position) {
        test(position, slot -> {
            ends[position] = starts[position] + records.size(slot);
            records.add(slot, BlockRecords.INDEXED);
            copy(slot, position);
            return true;
        });
    }

    private void copy(int slot, int position) {
        needed[position] = (byte) records.needed(slot);
        flags[position] = (byte) (LISTED | (records.isWhite(slot) ? WHITE : 0) | records.flags(slot));
    }

    private PageFilter pages() {
        long bytes = 0;
        for (int i = 0; i < starts.length; i++) {
            bytes += ends[i] - starts[i];
        }
        PageFilter filter = new PageFilter(starts.length, bytes);
        for (int i = 0; i < starts.length; i++) {
            if (ends[i] > starts[i]) {
                filter.add(start(i), end(i));
            }
        }
        return filter;
    }

    /** Learns anew of each block that still lives whether it is a root, ignored or not scanned. */
    public void refresh() {
        for (int i = 0; i < starts.length; i++) {
            int position = i;
            withLiving(position, slot -> copy(slot, position));
        }
    }

    /** Whether no two blocks overlap, but for chunks, which are left out, and their parts; otherwise recording ends. */
    public boolean isSound() {
        for (int i = 1; i < starts.length; i++) {
            if (ends[i - 1] > starts[i] && ends[i] > starts[i] && overlap(i - 1, i)) {
                return false;
            }
        }
        return true;
    }

    /* One that was freed while the index was made may lie where the other was allocated then: the other has to be the same
     * before and after the one was seen. */
    private boolean overlap(int first, int second) {
        Block before = block(second);
        Block one = block(first);
        Block after = block(second);
        boolean alike = before != null && after != null && before.birth == after.birth && one != null;
        if (!alike || one.address() + one.size() <= after.address()) {
            return false;
        }
        if (Blocks.isChunk(one, after)) {
            leaveOut(first);
            return false;
        }
        return blocks.overlap(one, after);
    }

    private void leaveOut(int position) {
        withLiving(position, slot -> records.drop(slot, BlockRecords.INDEXED));
        ends[position] = starts[position];
        needed[position] = 0;
    }

    /** How many blocks have a position, from 0 on. */
    public int size() {
        return starts.length;
    }

    public long start(int position) {
        return starts[position] & ~BlockRecords.TOP;
    }

    public long end(int position) {
        return ends[position] & ~BlockRecords.TOP;
    }

    /** How many references it needs; 0 for a root, -1 if it is ignored. */
    public int needed(int position) {
        return needed[position];
    }

    /** The position of the block that the word points into, or none. */
    public int find(long word) {
        // Below the lowest block and above the highest one, and with the highest bit set, the difference is out of
        // range.
        boolean mayBeFound = Long.compareUnsigned((word ^ BlockRecords.TOP) - lowest, span) < 0 && pages.mayHave(word);
        return mayBeFound ? search(word | BlockRecords.TOP) : NONE;
    }

    private int search(long marked) {
        int position = positionBefore(marked);
        return position >= 0 && marked < ends[position] ? position : NONE;
    }

    /** By halves without a branch, which no processor could predict. */
    private int positionBefore(long marked) {
        int position = 0;
        for (int left = starts.length; left > 1; left -= left >>> 1) {
            int middle = position + (left >>> 1);
            position = starts[middle] <= marked ? middle : position;
        }
        return starts.length == 0 || marked < starts[position] ? NONE : position;
    }

    /** The position of the first block that ends behind that address; {@link #size} if there is none. */
    public int firstBehind(long address) {
        long marked = address | BlockRecords.TOP;
        int position = Math.max(0, positionBefore(marked));
        while (position < starts.length && ends[position] <= marked) {
            position++;
        }
        return position;
    }

    /** Whether it has not been freed since. */
    public boolean lives(int position) {
        return testLiving(position, slot -> true);
    }

    private boolean testLiving(int position, IntPredicate condition) {
        return test(position, slot -> records.has(slot, BlockRecords.INDEXED) && condition.test(slot));
    }

    private boolean test(int position, IntPredicate condition) {
        return table.test(SlotsByAddress.slot(slots[position]), start(position), condition);
    }

    private void withLiving(int position, IntConsumer work) {
        testLiving(position, slot -> {
            work.accept(slot);
            return true;
        });
    }

    /** Where its contents are to be read: pairs of an offset and a length; none for one that is not scanned. */
    public long[] areas(int position) {
        if ((flags[position] & BlockRecords.NO_SCAN) != 0) {
            return new long[0];
        }
        long[][] areas = {{}};
        if ((flags[position] & (BlockRecords.EXTRAS | BlockRecords.FULL_SCAN)) == BlockRecords.EXTRAS) {
            withLiving(position, slot -> {
                BlockExtras extras = table.stripe(start(position)).extras(slot);
                areas[0] = extras == null ? areas[0] : extras.areas();
            });
        }
        return areas[0].length > 0 ? areas[0] : new long[] {0, ends[position] - starts[position]};
    }

    /** The block to which references beyond those that it needs are passed on, or none. */
    public int excess(int position) {
        if ((flags[position] & BlockRecords.EXTRAS) == 0) {
            return NONE;
        }
        long[] marked = {0};
        withLiving(position, slot -> {
            BlockExtras extras = table.stripe(start(position)).extras(slot);
            if (extras != null && extras.encodedExcess != 0) {
                marked[0] = extras.encodedExcess ^ records.secret & ~BlockRecords.TOP;
            }
        });
        int found = marked[0] == 0 ? NONE : Arrays.binarySearch(starts, marked[0]);
        return found >= 0 ? found : NONE;
    }

    /** Whether enough references were found, or needed, when a scan last ended. */
    public boolean wasReferenced(int position) {
        return (flags[position] & WHITE) == 0;
    }

    /** Whether all of its contents are to be read, if it still lives. */
    public boolean isWholly(int position) {
        return (flags[position] & (BlockRecords.NO_SCAN | BlockRecords.EXTRAS)) == 0;
    }

    /** Keeps the checksum of its contents; whether it is another than the one before. */
    public boolean changed(int position, int checksum) {
        return testLiving(position, slot -> {
            int before = records.checksum(slot);
            records.checksum(slot, checksum);
            return before != checksum;
        });
    }

    /** Whether it was allocated by then, in {@link Blocks#nowMillis}, and not reported yet. */
    public boolean isNewAndBornBy(int position, long millis) {
        return testLiving(
                position,
                slot -> !records.has(slot, BlockRecords.REPORTED)
                        && BlockRecords.bornMillis(records.birth(slot)) <= millis);
    }

    /** In how many scans in a row it was found without enough references. */
    public int misses(int position) {
        int[] misses = {0};
        withLiving(position, slot -> misses[0] = records.misses(slot));
        return misses[0];
    }

    /** Keeps what a scan found out. */
    public void judge(int position, int found, int misses) {
        withLiving(position, slot -> records.judged(slot, found, misses));
    }

    /** Makes it a leak; what is known of it, or null if it was freed, or made no leak, since. */
    public Block report(int position) {
        Block[] reported = {null};
        withLiving(position, slot -> {
            if (records.isWhite(slot)) {
                records.add(slot, BlockRecords.REPORTED);
                reported[0] = new Block(records, slot);
            }
        });
        if (reported[0] != null) {
            blocks.foundLeaks();
        }
        return reported[0];
    }

    /** What is known of it now; null if it was freed since. */
    public Block block(int position) {
        Block[] block = {null};
        withLiving(position, slot -> block[0] = new Block(records, slot));
        return block[0];
    }
}
