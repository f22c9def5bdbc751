// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import dev.heldby.block.Blocks;
import dev.heldby.depot.StackDepot;
import dev.heldby.memory.Memory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * A program that is made up: memory of a few mappings, off-heap blocks in the last, roots in the first, and a clock. One scan
 * that misses a block is enough to report it, as with the kernel.
 */
final class Program implements Memory {
    static final long STATICS = 0x5555_0000_0000L;
    static final long STACK = 0x7ffe_0000_0000L;
    static final long ARENA = 0x7f12_3400_0000L;
    private static final int WORDS = 1 << 15;
    private static final int GAP = 64;
    private static final long HOLE = 8192;

    final List<String> complaints = new ArrayList<>();
    final StackDepot depot = new StackDepot(100);
    final Blocks blocks;
    final Scanner scanner;

    /** Called with the address of each reading, before it. */
    LongConsumer onRead = address -> {};
    /** Called whenever a pass begins to read. */
    Runnable onPass = () -> {};

    String unreadable = "";
    /** From there on two pages are not mapped. */
    long hole = Long.MAX_VALUE;
    /** The buffer of the last reading. */
    long[] lastWords = {};

    long movements;
    long now = 1_000_000;
    int thread = 7;

    private final TreeMap<Long, long[]> mappings = new TreeMap<>();
    private long nextBlock = ARENA;
    private long nextStatic = STATICS;

    Program() {
        this(1_000);
    }

    Program(int capacity) {
        this(capacity, 1);
    }

    Program(int capacity, int threads) {
        blocks = new Blocks(capacity, depot, () -> thread, () -> now, complaints::add);
        scanner = new Scanner(blocks, this, threads);
        scanner.choose(new Scanner.Choices(true, 5_000, 1));
        mappings.put(STATICS, new long[WORDS]);
        mappings.put(STACK, new long[WORDS]);
        mappings.put(ARENA, new long[WORDS]);
    }

    /** Space for a block that is not recorded. */
    long space(long size) {
        long address = nextBlock;
        nextBlock += Math.max(16, size + 15 & -16) + GAP;
        return address;
    }

    long allocate(long size) {
        long address = space(size);
        blocks.allocated(address, size);
        return address;
    }

    /** A variable of the program, with that in it. */
    long variable(long value) {
        long place = nextStatic;
        nextStatic += 8;
        write(place, value);
        return place;
    }

    void write(long place, long value) {
        Map.Entry<Long, long[]> mapping = mappings.floorEntry(place);
        mapping.getValue()[(int) (place - mapping.getKey() >>> 3)] = value;
    }

    void map(long mapping) {
        mappings.put(mapping, new long[WORDS]);
    }

    void unmap(long mapping) {
        mappings.remove(mapping);
    }

    void pass(long seconds) {
        now += seconds * 1000;
    }

    /** A scan ten seconds later. */
    ScanResult scan() {
        pass(10);
        return scanner.scan();
    }

    /** What a scan reports first, by address. */
    List<Long> leaksOfAScan() {
        return addresses(scan().newLeaks());
    }

    /** What the second of two scans reports first, by address. */
    List<Long> leaksOfTwoScans() {
        scan();
        return leaksOfAScan();
    }

    List<Long> listed() {
        return addresses(scanner.leaks());
    }

    static List<Long> addresses(List<Block> blocks) {
        return blocks.stream().map(Block::address).toList();
    }

    @Override
    public List<Region> regions(boolean threadStacks) throws IOException {
        if (!unreadable.isEmpty()) {
            throw new IOException(unreadable);
        }
        return mappings.keySet().stream()
                .filter(start -> threadStacks || start != STACK)
                .map(start -> new Region(start, start + 8L * WORDS))
                .toList();
    }

    @Override
    public int read(long address, long[] words, int count) {
        if (address == STATICS) {
            onPass.run();
        }
        onRead.accept(address);
        lastWords = words;
        Map.Entry<Long, long[]> mapping = mappings.floorEntry(address);
        if (mapping == null || address >= mapping.getKey() + 8L * WORDS) {
            return 0;
        }
        int from = (int) (address - mapping.getKey() >>> 3);
        long untilHole = hole < address ? (hole + HOLE > address ? 0 : count) : hole - address >>> 3;
        int readable = (int) Math.min(untilHole, Math.min(count, WORDS - from));
        System.arraycopy(mapping.getValue(), from, words, 0, readable);
        return readable;
    }

    @Override
    public long movements() {
        return movements;
    }
}
