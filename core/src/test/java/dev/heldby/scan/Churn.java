// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Blocks;
import dev.heldby.depot.StackDepot;
import dev.heldby.heap.DumpedHeap;
import dev.heldby.memory.Block;
import dev.heldby.memory.ProcessMemory;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that holds as many off-heap blocks as it dropped, and is scanned while it makes garbage and moves each only reference
 * to a held block from one object to the next. It prints how many of either were reported, and so far after each hundred scans.
 *
 * <pre>
 *   java -cp core/target/classes:core/target/test-classes dev.heldby.scan.Churn BLOCKS SCANS [MILLIS [precise]]
 * </pre>
 *
 * With milliseconds above 0 it asks the collector to work so often, too, and with the word it is scanned precisely.
 */
final class Churn {
    private static final int SIZE = 64;
    private static final int GARBAGE = 1 << 12;
    private static final int OBJECTS_A_PAUSE = 200;
    private static final int MOVES_A_PAUSE = 10;
    private static final int SCANS_A_LINE = 100;

    private static volatile Object garbage;
    private static volatile boolean ended;

    private final Set<Long> held = new HashSet<>();
    private final long key = new SplittableRandom().nextLong() | Long.MIN_VALUE;
    private final long[][] holders;
    private final Blocks blocks;
    private final Scanner scanner;

    private Churn(int each) throws IOException {
        holders = new long[each][];
        blocks = new Blocks(2 * each, new StackDepot(100), () -> 1, System::currentTimeMillis, complaint -> {
            throw new AssertionError(complaint);
        });
        scanner = new Scanner(blocks, new ProcessMemory());
        scanner.choose(new Scanner.Choices(true, 0, scanner.choices().consecutiveScans()));
    }

    public static void main(String[] arguments) throws Exception {
        Churn churn = new Churn(Integer.parseInt(arguments[0]));
        run(churn::allocate).join();
        Thread garbage = run(Churn::makeGarbage);
        Thread moves = run(churn::moveReferences);
        Thread collects = run(() -> collect(arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0));
        System.out.println(churn.scan(Integer.parseInt(arguments[1]), arguments.length > 3));
        ended = true;
        garbage.join();
        moves.join();
        collects.join();
    }

    private static Thread run(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private void allocate() {
        for (int i = 0; i < holders.length; i++) {
            Block block = block();
            holders[i] = new long[] {block.address()};
            held.add(block.address() ^ key);
            garbage = new long[] {block().address()};
        }
        garbage = null;
    }

    private Block block() {
        Block block = new Block(SIZE);
        for (int offset = 0; offset < SIZE; offset += Long.BYTES) {
            block.put(offset, 0);
        }
        blocks.allocated(block.address(), SIZE);
        return block;
    }

    private static void makeGarbage() {
        for (int i = 0; !ended; i++) {
            garbage = new byte[GARBAGE];
            if (i % OBJECTS_A_PAUSE == 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private void moveReferences() {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; !ended; i++) {
            int which = random.nextInt(holders.length);
            long[] before = holders[which];
            long[] after = new long[1 + random.nextInt(4)];
            after[after.length - 1] = before[before.length - 1];
            holders[which] = after;
            before[before.length - 1] = 0;
            if (i % MOVES_A_PAUSE == 0) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static void collect(int everyMillis) {
        while (everyMillis > 0 && !ended) {
            System.gc();
            LockSupport.parkNanos(everyMillis * 1_000_000L);
        }
    }

    private Result scan(int scans, boolean precisely) throws InterruptedException {
        Result result = new Result(0, 0, 0, 0, 0);
        for (int i = 0; i < scans; i++) {
            ScanResult scan = precisely ? scanner.scanPrecisely(new DumpedHeap()) : scanner.scan();
            result = result.plus(scan, leak -> held.contains(leak.address() ^ key));
            if (result.scans() % SCANS_A_LINE == 0 && result.scans() < scans) {
                System.err.println(result);
            }
            Thread.sleep(50);
        }
        return result;
    }
}
