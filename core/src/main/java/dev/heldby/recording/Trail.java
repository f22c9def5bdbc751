// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Op;
import java.util.Arrays;

/**
 * The events of one lifecycle, packed.
 *
 * <pre>
 *  word 2i      | microseconds since the recorder began : 44 | thread : 20            |
 *  word 2i + 1  | stack : 32 | op : 3 | inferred : 1 | count after, signed : 28       |
 * </pre>
 *
 * <p>The first {@value #FIRST} events are kept, then the last {@value #LAST}; what lies between is dropped and counted, and
 * {@link #fold} makes room before that. A count that needs more bits is written down as the nearest that does not. Not safe for threads: its lifecycle guards
 * it.
 */
public sealed class Trail permits WatchedTrail {
    public static final int FIRST = 24;
    static final int LAST = 24;

    /** How often the same is to happen among the last events before it is left out. */
    private static final int HABIT = 3;

    private static final int EVENT_WORDS = 2;
    private static final int CAPACITY = (FIRST + LAST) * EVENT_WORDS;
    private static final int THREAD_BITS = 20;
    private static final int COUNT_BITS = 28;
    private static final int MAX_COUNT = (1 << COUNT_BITS - 1) - 1;
    private static final int OP_SHIFT = 29;
    private static final Op[] OPS = Op.values();

    private long[] words = new long[4 * EVENT_WORDS];
    private int dropped;
    private byte size;
    /** Where among the last ones the earliest of them lies. */
    private byte earliest;

    public void add(Op op, int count, int stack, boolean inferred, int thread, long micros) {
        int at = nextWord();
        if (at == words.length) {
            words = Arrays.copyOf(words, Math.min(2 * words.length, CAPACITY));
        }
        words[at] = micros << THREAD_BITS | thread;
        words[at + 1] = (long) stack << 32
                | (long) op.ordinal() << OP_SHIFT
                | (inferred ? 1L << COUNT_BITS : 0)
                | Math.max(~MAX_COUNT, Math.min(MAX_COUNT, count)) & (1L << COUNT_BITS) - 1;
    }

    private int nextWord() {
        if (size < FIRST + LAST) {
            return word(size++);
        }
        int at = word(FIRST);
        earliest = (byte) ((earliest + 1) % LAST);
        dropped++;
        return at;
    }

    void clear() {
        fold(0);
        size = 0;
        dropped = 0;
        earliest = 0;
    }

    /** Whether the next event but for {@link #fold} takes the place of another, for the first time or once more all round. */
    boolean needsFolding() {
        return size == FIRST + LAST && earliest == 0;
    }

    /**
     * Leaves out gets among the last events that the next event of the same thread gave back, and those puts, where that happens
     * at the same two places again and again: of a life that many threads borrow from, it is the references that are still open
     * which matter. Costs {@value #LAST} squared at most.
     */
    void fold() {
        int[] put = borrowed();
        boolean[] gone = new boolean[size];
        for (int i = FIRST; i < size; i++) {
            if (put[i] > 0 && timesLike(i, put) >= HABIT) {
                gone[i] = true;
                gone[put[i]] = true;
            }
        }
        keepAllBut(gone);
    }

    /** Of each get that the next event of its thread gave back, that put; else 0. */
    private int[] borrowed() {
        int[] put = new int[size];
        for (int i = FIRST; i < size; i++) {
            int next = op(i) == Op.GET ? nextOfThread(i) : 0;
            put[i] = next > 0 && op(next) == Op.PUT ? next : 0;
        }
        return put;
    }

    private int nextOfThread(int i) {
        for (int next = i + 1; next < size; next++) {
            if (thread(next) == thread(i)) {
                return next;
            }
        }
        return 0;
    }

    private int timesLike(int get, int[] put) {
        int times = 0;
        for (int i = FIRST; i < size; i++) {
            if (put[i] > 0 && stack(i) == stack(get) && stack(put[i]) == stack(put[get])) {
                times++;
            }
        }
        return times;
    }

    private void keepAllBut(boolean[] gone) {
        long[] kept = words.clone();
        byte count = (byte) Math.min(size, FIRST);
        for (int i = count; i < size; i++) {
            if (!gone[i]) {
                System.arraycopy(words, word(i), kept, EVENT_WORDS * count++, EVENT_WORDS);
            }
        }
        words = kept;
        fold(folded() + size - count);
        size = count;
        earliest = 0;
    }

    /** The time of its last event, or of its last use if that is known and later. */
    long lastTouched() {
        long lastEvent = size == 0 ? 0 : micros(size - 1);
        return showsUse() ? Math.max(lastEvent, lastUse().micros) : lastEvent;
    }

    /** The exception after which nothing was done with the object, in words; empty if none is known. */
    String leftBy() {
        return "";
    }

    /** Null unless its uses are looked at. */
    LastUse lastUse() {
        return null;
    }

    boolean showsUse() {
        return lastUse() != null && lastUse().stack != 0;
    }

    /** How many of the kept events came before that use. */
    int sizeBefore(LastUse use) {
        return Math.max(0, size - (recorded() - use.position));
    }

    /** The number is in a word of its own, which few trails need. */
    private void fold(int events) {
        if (events > 0) {
            words = Arrays.copyOf(words, CAPACITY + 1);
        }
        if (words.length > CAPACITY) {
            words[CAPACITY] = events;
        }
    }

    /** The stack of the last event of that kind on that thread, or 0. */
    int lastStack(Op op, int thread) {
        for (int i = size() - 1; i >= 0; i--) {
            if (op(i) == op && thread(i) == thread) {
                return stack(i);
            }
        }
        return 0;
    }

    /** The stack of the last event of that kind, or 0. */
    public int lastStack(Op op) {
        for (int i = size() - 1; i >= 0; i--) {
            if (op(i) == op) {
                return stack(i);
            }
        }
        return 0;
    }

    /** The number of the thread of the last event of that kind, or 0. */
    public int lastThread(Op op) {
        for (int i = size() - 1; i >= 0; i--) {
            if (op(i) == op) {
                return thread(i);
            }
        }
        return 0;
    }

    /** Whether that thread has taken a reference after the last put with that stack. */
    boolean isTakenSince(int put, int thread) {
        for (int i = size() - 1; i >= 0 && !(op(i) == Op.PUT && stack(i) == put); i--) {
            if (op(i) == Op.GET && thread(i) == thread) {
                return true;
            }
        }
        return false;
    }

    /** Whether a kept event of that kind has that stack. */
    boolean has(Op op, int stack) {
        for (int i = 0; i < size(); i++) {
            if (op(i) == op && stack(i) == stack) {
                return true;
            }
        }
        return false;
    }

    /** Whether its first events, as far as they are kept, went through the operations and places of all of those. */
    boolean beginsWith(Trail other) {
        if (recorded() < other.recorded()) {
            return false;
        }
        boolean alike = dropped == other.dropped && folded() == other.folded();
        int compared = alike ? other.size : Math.min(other.size, FIRST);
        for (int i = 0; i < compared; i++) {
            if (stack(i) != other.stack(i) || op(i) != other.op(i)) {
                return false;
            }
        }
        return true;
    }

    /** How many events are kept. */
    public int size() {
        return size;
    }

    /** How many events there were, dropped ones included. */
    int recorded() {
        return size + dropped + folded();
    }

    /** How many were left out for want of room. */
    public int dropped() {
        return dropped;
    }

    /** How many were left out because they cancel each other out. */
    int folded() {
        return words.length > CAPACITY ? (int) words[CAPACITY] : 0;
    }

    /** Where the i-th kept event lies, in order of time. */
    private int word(int i) {
        return EVENT_WORDS * (i < FIRST ? i : FIRST + (i - FIRST + earliest) % LAST);
    }

    public Op op(int i) {
        return OPS[(int) (words[word(i) + 1] >>> OP_SHIFT & 7)];
    }

    public int count(int i) {
        return (int) (words[word(i) + 1] << 64 - COUNT_BITS >> 64 - COUNT_BITS);
    }

    public int stack(int i) {
        return (int) (words[word(i) + 1] >>> 32);
    }

    boolean inferred(int i) {
        return (words[word(i) + 1] >>> COUNT_BITS & 1) != 0;
    }

    int thread(int i) {
        return (int) words[word(i)] & (1 << THREAD_BITS) - 1;
    }

    long micros(int i) {
        return words[word(i)] >>> THREAD_BITS;
    }

    /** Equal for trails that went through the same operations at the same places, in whichever order. */
    long shape() {
        long shape = (long) size + dropped;
        for (int i = 0; i < size(); i++) {
            shape += mixed(stack(i), op(i));
        }
        return shape;
    }

    /** That of a trail with one birth and one put. */
    static long shape(int birth, int put) {
        return 2 + mixed(birth, Op.BORN) + mixed(put, Op.PUT);
    }

    /** The finalizer of MurmurHash3, so that sums of several values differ. */
    private static long mixed(int stack, Op op) {
        long value = (long) stack << 3 | op.ordinal();
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /** Equal for trails that went through the same operations at the same places. */
    long pathHash() {
        long hash = dropped();
        for (int i = 0; i < size(); i++) {
            hash = (hash ^ (long) stack(i) << 3 ^ op(i).ordinal()) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    public Trail copy() {
        return copyTo(new Trail());
    }

    final Trail copyTo(Trail copy) {
        copy.words = words.clone();
        copy.size = size;
        copy.dropped = dropped;
        copy.earliest = earliest;
        return copy;
    }
}
