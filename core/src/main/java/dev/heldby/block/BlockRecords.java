// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The fixed pool of records, each at a slot that never moves.
 *
 * <pre>
 *          63   62     56 55       48 47   40 39   32 31            0
 * ADDRESS  | the address, exclusive or with a secret                 |
 * EXTENT   | 1 | flags:7 | needed:8  | size:48                       |
 * BIRTH    | 1 | milliseconds:39     | rule:8    | order:16          |
 * LINK     | 1 | next slot:31                 | stack:32             |
 * SCAN     | 1 | found:7 | misses:8  | thread:16    | checksum:32    |
 * </pre>
 *
 * <p>No word of a record is an address: the highest bit of each is set, that of the secret too, and no address of a program
 * has it. So a scan that reads our tables finds no reference in them.
 *
 * <p>Threads: {@link #open} may be called by any; a slot is read and written by the holder of its stripe's lock.
 */
final class BlockRecords {
    /** No slot. */
    static final int NONE = Integer.MAX_VALUE;

    static final long TOP = Long.MIN_VALUE;
    static final long LARGEST = (1L << 48) - 1;
    static final int MOST_NEEDED = 126;
    /** What a checksum is before the first. */
    static final int NO_CHECKSUM = -1;

    static final int REPORTED = 1;
    static final int NO_SCAN = 2;
    static final int FULL_SCAN = 4;
    /** There are areas or an excess reference beside the record. */
    static final int EXTRAS = 8;
    /** It was there when the scan that is going on, or the last one, made its index. */
    static final int INDEXED = 16;

    private static final int ADDRESS = 0;
    private static final int EXTENT = 1;
    private static final int BIRTH = 2;
    private static final int LINK = 3;
    private static final int SCAN = 4;
    private static final int WORDS = 5;

    private static final int FLAGS = 56;
    private static final int NEEDED = 48;
    private static final int BORN = 24;
    private static final int RULE = 16;
    private static final int NEXT = 32;
    private static final int FOUND = 56;
    private static final int MISSES = 48;
    private static final int THREAD = 32;

    private static final int RUN_BITS = 6;
    static final int RUN = 1 << RUN_BITS;

    /** Whose highest bit is set. */
    final long secret = new SplittableRandom().nextLong() | TOP;

    final int capacity;
    /** Each written before a slot of it is handed out, under a lock that whoever gets the slot takes later. */
    private final long[][] runs;
    /** Guarded by this. */
    private int opened;

    BlockRecords(int capacity) {
        this.capacity = capacity;
        this.runs = new long[(capacity >>> RUN_BITS) + 1][];
    }

    /** The first slot of a run of new ones, or none if the pool is used up. */
    synchronized int open() {
        if (opened == capacity) {
            return NONE;
        }
        int first = opened;
        int slots = endOfRun(first) - first;
        runs[first >>> RUN_BITS] = new long[slots * WORDS];
        opened = first + slots;
        return first;
    }

    /** Lets go of all, when no stripe has a block any more nor takes one. */
    synchronized void release() {
        opened = capacity;
        Arrays.fill(runs, null);
    }

    int endOfRun(int first) {
        return Math.min(capacity, first + RUN);
    }

    static long extent(int needed, long size) {
        return TOP | (needed & 0xffL) << NEEDED | size;
    }

    static long birth(long millis, int rule, int order) {
        return TOP | millis << BORN | (rule & 0xffL) << RULE | order & 0xffff;
    }

    /** The number of the rule that a block came by. */
    static int rule(long birth) {
        return (int) (birth >>> RULE) & 0xff;
    }

    static long bornMillis(long birth) {
        return (birth & ~TOP) >>> BORN;
    }

    /** The order of two births. Within a millisecond the numbers may begin anew, and are compared by their distance. */
    static int compareBirths(long one, long other) {
        int byTime = Long.compare(one >>> BORN, other >>> BORN);
        return byTime != 0 ? byTime : (short) (one - other);
    }

    void write(int slot, long address, long extent, long birth, int stack, int thread) {
        long[] run = runs[slot >>> RUN_BITS];
        int base = base(slot);
        run[base + ADDRESS] = address ^ secret;
        run[base + EXTENT] = extent;
        run[base + BIRTH] = birth;
        run[base + LINK] = TOP | run[base + LINK] & -1L << NEXT | stack & 0xffff_ffffL;
        run[base + SCAN] = TOP | (thread & 0xffffL) << THREAD | NO_CHECKSUM & 0xffff_ffffL;
    }

    /** Its words become such as no block has; the next slot stays. */
    void erase(int slot) {
        long link = get(slot, LINK);
        Arrays.fill(runs[slot >>> RUN_BITS], base(slot), base(slot) + WORDS, TOP);
        set(slot, LINK, link & -1L << NEXT);
    }

    private static int base(int slot) {
        return (slot & RUN - 1) * WORDS;
    }

    private long get(int slot, int word) {
        return runs[slot >>> RUN_BITS][base(slot) + word];
    }

    private void set(int slot, int word, long value) {
        runs[slot >>> RUN_BITS][base(slot) + word] = value;
    }

    /** The address as it lies in memory; equal for equal addresses. */
    long encoded(int slot) {
        return get(slot, ADDRESS);
    }

    long address(int slot) {
        return get(slot, ADDRESS) ^ secret;
    }

    /** The address with its highest bit set: not an address either, but in the same order. */
    long marked(int slot) {
        return get(slot, ADDRESS) ^ secret & ~TOP;
    }

    long size(int slot) {
        return get(slot, EXTENT) & LARGEST;
    }

    int needed(int slot) {
        return (byte) (get(slot, EXTENT) >>> NEEDED);
    }

    void needed(int slot, int needed) {
        set(slot, EXTENT, get(slot, EXTENT) & ~(0xffL << NEEDED) | (needed & 0xffL) << NEEDED);
    }

    int flags(int slot) {
        return (int) (get(slot, EXTENT) >>> FLAGS) & 0x7f;
    }

    boolean has(int slot, int flag) {
        return (flags(slot) & flag) != 0;
    }

    void add(int slot, int flag) {
        set(slot, EXTENT, get(slot, EXTENT) | (long) flag << FLAGS);
    }

    void drop(int slot, int flag) {
        set(slot, EXTENT, get(slot, EXTENT) & ~((long) flag << FLAGS));
    }

    long birth(int slot) {
        return get(slot, BIRTH);
    }

    int rule(int slot) {
        return rule(get(slot, BIRTH));
    }

    int next(int slot) {
        return (int) (get(slot, LINK) >>> NEXT) & NONE;
    }

    void next(int slot, int next) {
        set(slot, LINK, TOP | (long) next << NEXT | get(slot, LINK) & 0xffff_ffffL);
    }

    int stack(int slot) {
        return (int) get(slot, LINK);
    }

    void stack(int slot, int stack) {
        set(slot, LINK, get(slot, LINK) & -1L << NEXT | stack & 0xffff_ffffL);
    }

    int thread(int slot) {
        return (int) (get(slot, SCAN) >>> THREAD) & 0xffff;
    }

    int checksum(int slot) {
        return (int) get(slot, SCAN);
    }

    void checksum(int slot, int checksum) {
        set(slot, SCAN, get(slot, SCAN) & -1L << THREAD | checksum & 0xffff_ffffL);
    }

    int found(int slot) {
        return (int) (get(slot, SCAN) >>> FOUND) & 0x7f;
    }

    /** In how many scans in a row nothing pointed to it. */
    int misses(int slot) {
        return (int) (get(slot, SCAN) >>> MISSES) & 0xff;
    }

    void judged(int slot, int found, int misses) {
        long kept = get(slot, SCAN) & (1L << MISSES) - 1;
        set(slot, SCAN, TOP | (long) found << FOUND | (long) misses << MISSES | kept);
    }

    /** Whether fewer references to it were found than it needs. */
    boolean isWhite(int slot) {
        return needed(slot) > found(slot);
    }
}
