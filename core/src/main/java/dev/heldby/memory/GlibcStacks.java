// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of the threads that glibc made, found in its own records. Used by one thread.
 *
 * <p>The kernel knows no thread's stack, only mappings, and a stack may be one mapping with a block of the program beside it. But
 * glibc keeps a {@code struct pthread} at the top of each stack, and in it
 *
 * <pre>
 *   next, previous      of the ring of all threads' records             a word each
 *   tid                 as the kernel numbers threads                   half a word
 *   ...                 robust mutexes, cleanup                         5 words, after the other half
 *   cleanup_jmp_buf     in the outermost frame, which nothing leaves    a word
 *   ...
 *   stackblock, size    where the stack is, with its guard              a word each
 * </pre>
 *
 * <p>Above a blocked thread's stack pointer there is its number behind two links whose neighbours point back; the ring leads to
 * all others. Whatever does not fit (another C library, a thread that ends) is no stack, and its memory is memory.
 */
final class GlibcStacks {
    private static final int TID = 2 * Long.BYTES;
    private static final int OUTERMOST_FRAME = 8 * Long.BYTES;
    /** Longer than the rest of the record behind its links. */
    private static final int RECORD_WORDS = 256;

    private static final long MAX_SEARCHED = 16 << 20;
    /** The most that thread-local variables of libraries take, which are between the frames and the record, or above it. */
    private static final int MAX_LOCALS = 64 << 10;

    private static final int MAX_WALKS = 3;
    /** How many more records than two for each known thread there may be: threads begin meanwhile. */
    private static final int MORE_RECORDS = 64;

    private final Memory memory;
    private final List<Mapping> mappings;
    private final long pageSize;
    private final long[] part = new long[RECORD_WORDS];
    private final Words words;

    GlibcStacks(Memory memory, List<Mapping> mappings, long pageSize) {
        this.memory = memory;
        this.words = new Words(memory);
        this.mappings = mappings;
        this.pageSize = pageSize;
    }

    /** The frames of each thread that it knows, used or not; thread-local variables are no frames. */
    Map<Integer, Region> find(StackPointers pointers) {
        Map<Integer, Region> stacks = new HashMap<>();
        boolean isWhole = false;
        for (int i = 0; i < MAX_WALKS && !isWhole; i++) {
            stacks.clear();
            isWhole = walk(pointers, stacks);
        }
        return stacks;
    }

    /**
     * Whether the ring led back to where the walk began. The record of a thread that ends meanwhile is moved to another ring, that of the
     * stacks which are kept for threads to come.
     */
    private boolean walk(StackPointers pointers, Map<Integer, Region> stacks) {
        long first = anyRecord(pointers);
        long record = first;
        int left = MORE_RECORDS + 2 * pointers.byThread().size();
        do {
            int tid = (int) words.at(record + TID);
            Region stack = pointers.byThread().containsKey(tid) ? stackOf(record) : null;
            if (stack != null) {
                stacks.put(tid, stack);
            }
            record = words.at(record);
            left--;
        } while (record != first && record != 0 && left > 0);
        return record == first;
    }

    private long anyRecord(StackPointers pointers) {
        long record = record(pointers.self(), pointers.byThread().getOrDefault(pointers.self(), 0L));
        for (Map.Entry<Integer, Long> thread : pointers.byThread().entrySet()) {
            if (record == 0) {
                record = record(thread.getKey(), thread.getValue());
            }
        }
        return record;
    }

    /** The record of that thread, which is above its stack pointer; 0 if none is there. */
    private long record(int tid, long stackPointer) {
        long end = Math.min(endOfMapping(stackPointer), stackPointer + MAX_SEARCHED);
        for (long at = stackPointer & -Long.BYTES; at < end; at += (long) RECORD_WORDS * Long.BYTES) {
            int read = memory.read(at, part, RECORD_WORDS);
            for (int i = 0; i < read; i++) {
                long record = at + (long) i * Long.BYTES - TID;
                if ((int) (part[i] ^ memory.key()) == tid && isLinked(record)) {
                    return record;
                }
            }
        }
        return 0;
    }

    private long endOfMapping(long address) {
        for (Mapping mapping : mappings) {
            if (mapping.start() <= address && address < mapping.end()) {
                return mapping.end();
            }
        }
        return 0;
    }

    private boolean isLinked(long record) {
        return words.at(words.at(record) + Long.BYTES) == record && words.at(words.at(record + Long.BYTES)) == record;
    }

    private @Nullable Region stackOf(long record) {
        long top = words.at(record + OUTERMOST_FRAME) & -Long.BYTES;
        int read = record - MAX_LOCALS < top && top < record ? memory.read(record, part, RECORD_WORDS) : 0;
        for (int i = 0; i + 1 < read; i++) {
            long block = part[i] ^ memory.key();
            if (isStack(block, part[i + 1] ^ memory.key(), top)) {
                return new Region(block, top);
            }
        }
        return null;
    }

    private boolean isStack(long block, long size, long top) {
        boolean ofPages = ((block | size) & (pageSize - 1)) == 0;
        long below = top - block;
        return ofPages && block > 0 && 0 < below && below < size && size - below <= 2 * MAX_LOCALS;
    }
}
