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
 * <p>The first {@value #FIRST} events are kept, then the last {@value #LAST}; what lies between is dropped and counted.
 * A count that needs more bits is written down as the nearest that does not. Not safe for threads: its lifecycle guards
 * it.
 */
public final class Trail {
    public static final int FIRST = 24;
    static final int LAST = 24;

    private static final int EVENT_WORDS = 2;
    private static final int CAPACITY = (FIRST + LAST) * EVENT_WORDS;
    private static final int THREAD_BITS = 20;
    private static final int COUNT_BITS = 28;
    private static final int MAX_COUNT = (1 << COUNT_BITS - 1) - 1;
    private static final int OP_SHIFT = 29;
    private static final Op[] OPS = Op.values();

    private long[] words = new long[4 * EVENT_WORDS];
    private int recorded;

    public void add(Op op, int count, int stack, boolean inferred, int thread, long micros) {
        int at = EVENT_WORDS * slot(recorded++);
        if (at == words.length) {
            words = Arrays.copyOf(words, Math.min(2 * words.length, CAPACITY));
        }
        words[at] = micros << THREAD_BITS | thread;
        words[at + 1] = (long) stack << 32
                | (long) op.ordinal() << OP_SHIFT
                | (inferred ? 1L << COUNT_BITS : 0)
                | Math.max(~MAX_COUNT, Math.min(MAX_COUNT, count)) & (1L << COUNT_BITS) - 1;
    }

    void clear() {
        recorded = 0;
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

    /** Whether its first events, as far as they are kept, went through the operations and places of all of those. */
    boolean beginsWith(Trail other) {
        if (recorded < other.recorded) {
            return false;
        }
        int compared = dropped() == other.dropped() ? other.size() : Math.min(other.size(), FIRST);
        for (int i = 0; i < compared; i++) {
            if (stack(i) != other.stack(i) || op(i) != other.op(i)) {
                return false;
            }
        }
        return true;
    }

    /** How many events are kept. */
    public int size() {
        return Math.min(recorded, FIRST + LAST);
    }

    public int dropped() {
        return recorded - size();
    }

    private static int slot(int index) {
        return index < FIRST ? index : FIRST + (index - FIRST) % LAST;
    }

    /** Where the i-th kept event lies, in order of time. */
    private int word(int i) {
        return EVENT_WORDS * slot(i < FIRST ? i : i + dropped());
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
        Trail copy = new Trail();
        copy.words = words.clone();
        copy.recorded = recorded;
        return copy;
    }
}
