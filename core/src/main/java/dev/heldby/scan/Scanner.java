// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import dev.heldby.block.BlockIndex;
import dev.heldby.block.Blocks;
import dev.heldby.depot.StackDepot;
import dev.heldby.heap.LiveHeap;
import dev.heldby.memory.Memory;
import dev.heldby.memory.Ranges;
import dev.heldby.snapshot.Footprint;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the off-heap blocks that nothing points to any more, by reading all memory in which an address of theirs may lie. The
 * kernel's {@code kmemleak}.
 *
 * <p>A scan misses a block when it is old enough at that scan's start, was not changed since the one before, and neither of two
 * passes found the references it needs. One that two scans in a row missed is reported, at its third scan at the earliest. It is
 * reported once, and listed for as long as it stays unreferenced. What only a leak points to is a leak, and so is a cycle.
 *
 * <p>It errs where a word only looks like an address, or lies in memory that is free: then a leak is not found, or later. It
 * errs the other way where a program keeps an address shifted, encoded or in a file; {@link Blocks#notLeak} is for such blocks.
 *
 * <p>Any thread may call anything; one scan goes on at a time, and listing does not wait for it. A scan stops neither the
 * program nor its allocations. Two threads read, if there are two processors. It takes some 40 bytes a block while it goes on and
 * reads all memory twice if there is a suspect.
 */
public final class Scanner {
    private static final int MOST_THREADS = 2;

    private final Blocks blocks;
    private final Memory memory;
    private final int threads;
    private final ReentrantLock scanning = new ReentrantLock();
    /* Both are replaced after a scan. */
    private volatile Trend trend = Trend.NONE;
    private volatile Map<Origin, Trend> trends = Map.of();

    /** Guarded by the lock, and made at the first scan. */
    private Readers readers;

    private volatile Choices choices = new Choices(true, 5_000, 2);

    /**
     * What a scan is asked for.
     *
     * @param threadStacks whether the threads' stacks are read
     * @param leastAgeMillis how old a block has to be when a scan begins for that scan to report it
     * @param consecutiveScans in how many scans in a row a block has to be a confirmed suspect
     */
    public record Choices(boolean threadStacks, long leastAgeMillis, int consecutiveScans) {
        public Choices {
            if (leastAgeMillis < 0 || consecutiveScans < 1 || consecutiveScans > 255) {
                throw new IllegalArgumentException("A scan cannot ask for an age of " + leastAgeMillis + " ms in "
                        + consecutiveScans + " scans in a row: give 0 ms or more, and 1 to 255 scans.");
            }
        }
    }

    public Scanner(Blocks blocks, Memory memory) {
        this(blocks, memory, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
    }

    Scanner(Blocks blocks, Memory memory, int threads) {
        this.blocks = blocks;
        this.memory = memory;
        this.threads = threads;
    }

    /** With the threads' stacks, an age of 5 seconds and two scans in a row, unless told. */
    public Choices choices() {
        return choices;
    }

    /** For the scans that begin from now on. */
    public void choose(Choices choices) {
        this.choices = choices;
    }

    void threadStacks(boolean read) {
        choices = new Choices(read, choices.leastAgeMillis(), choices.consecutiveScans());
    }

    /** Scans now, on this thread, unless or until it is interrupted; then the next scan goes on as if this had not been. */
    public ScanResult scan() {
        return scan(() -> false);
    }

    /** As {@link #scan()}, and also until that is true. */
    public ScanResult scan(BooleanSupplier interrupted) {
        return scan(interrupted, null);
    }

    /**
     * As {@link #scan()}, but the words of the live objects are read instead of the memory of the heap, in which addresses of the
     * dead stay: finds what these hide, at the cost of one dump of the heap, or of two if there is a suspect.
     */
    public ScanResult scanPrecisely(LiveHeap heap) {
        return scan(() -> false, heap);
    }

    private ScanResult scan(BooleanSupplier interrupted, @Nullable LiveHeap heap) {
        scanning.lock();
        try {
            readers().begin(() -> interrupted.getAsBoolean() || !blocks.isOn());
            ScanResult result = new Scan(blocks, memory, readers(), choices, heap).run();
            if (result.isComplete()) {
                follow(result.leaks());
            }
            return result;
        } finally {
            scanning.unlock();
        }
    }

    private void follow(List<Block> leaks) {
        trend = trend.after(leaks);
        Map<Origin, Trend> next = new HashMap<>();
        Origin.group(leaks)
                .forEach((origin, alike) ->
                        next.put(origin, trends.getOrDefault(origin, Trend.NONE).after(alike)));
        trends = next;
    }

    /**
     * What points to the block around that address from outside of the Java heap, as text: the block, then a line for each word.
     *
     * @throws IllegalArgumentException if there is none
     * @throws IOException with a sentence, if memory cannot be read
     */
    String holders(long address, LiveHeap heap) throws IOException, InterruptedException {
        scanning.lock();
        try {
            Reading own = readers().own();
            own.begin(() -> !blocks.isOn());
            BlockIndex index = blocks.index();
            int block = index.find(address);
            if (block == BlockIndex.NONE || !index.lives(block)) {
                throw ScanControl.unknown(address);
            }
            List<Memory.Region> outside = Ranges.without(memory.regions(choices.threadStacks()), heap.where());
            return HolderText.of(index, block, new Holders(index, own).of(block, outside));
        } finally {
            readers().erase();
            scanning.unlock();
        }
    }

    /** All blocks by the place that allocated them, and what the last scan knew of each, beside the JVM's own figures. */
    public Footprint footprint(StackDepot depot) {
        Figures figures = Figures.now();
        return new Footprint(BlockSummary.of(blocks, depot), figures.figures(), figures.parts());
    }

    /** How many leaks there are and how they grow. */
    Trend trend() {
        return trend;
    }

    /** How many leaks of that origin there are and how they grow. */
    public Trend trend(Origin origin) {
        return trends.getOrDefault(origin, Trend.NONE);
    }

    /** How a block begins; empty if it cannot be read. */
    String hexDump(Block block) {
        return HexDump.of(block, memory);
    }

    private Readers readers() {
        if (readers == null) {
            readers = new Readers(memory, threads);
        }
        return readers;
    }

    /** What was reported and is unreferenced still, in the order of allocation. Does not scan. */
    public List<Block> leaks() {
        return blocks.leaks();
    }

    /** What is known of the block around that address; null if there is none. */
    public Block dump(long address) {
        return blocks.blockAround(address);
    }

    /** Forgets the leaks, see {@link Blocks#clear}. Waits for a scan that goes on. */
    public void clear() {
        scanning.lock();
        try {
            blocks.clear();
            follow(List.of());
        } finally {
            scanning.unlock();
        }
    }

    /** Ends all recording for good, see {@link Blocks#end}; a scan that goes on is interrupted. */
    public void off() {
        blocks.end();
    }

    public boolean isOn() {
        return blocks.isOn();
    }
}
