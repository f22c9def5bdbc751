// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.heldby.Level;
import dev.heldby.block.Blocks;
import dev.heldby.depot.StackDepot;
import dev.heldby.memory.ProcessMemory;
import dev.heldby.scan.ScanResult;
import dev.heldby.scan.Scanner;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Scans of a process that has so many off-heap blocks, each held by a word of the heap, and so many megabytes of numbers beside. */
final class ScanCost {
    private static final int SCANS = 5;
    private static final int APART = 64;
    private static final int SIZE = 48;

    private static final List<long[]> NUMBERS = new ArrayList<>();
    private static long[] holders = {};

    private ScanCost() {}

    static void run(int blocks, int megabytes) throws Exception {
        fill(megabytes);
        Blocks records = records(blocks);
        Scanner scanner = new Scanner(records, new ProcessMemory());
        scanner.choose(new Scanner.Choices(true, 0, 1));
        for (int i = 0; i < SCANS; i++) {
            long from = processorNanos();
            ScanResult result = scanner.scan();
            double seconds = (processorNanos() - from) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.2f GB in %d passes, processors %.2f s, clock %.2f s, %.2f GB a second of a processor%n",
                    result.outcome(),
                    result.bytesRead() / 1e9,
                    result.passes(),
                    seconds,
                    result.duration().toNanos() / 1e9,
                    result.bytesRead() / 1e9 / seconds);
        }
        System.out.println(holders.length + " held, reported " + records.leaks().size());
    }

    private static void fill(int megabytes) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < megabytes; i++) {
            long[] numbers = new long[1 << 17];
            for (int k = 0; k < numbers.length; k++) {
                numbers[k] = random.nextInt() * (long) k;
            }
            NUMBERS.add(numbers);
        }
    }

    private static Blocks records(int count) {
        Blocks records = new Blocks(
                count + 1,
                new StackDepot(1),
                () -> 1,
                System::currentTimeMillis,
                sentence -> System.err.println(sentence));
        records.levels(rule -> Level.COUNT);
        long area = area((long) APART * count);
        holders = new long[count];
        for (int i = 0; i < count; i++) {
            holders[i] = area + (long) APART * i;
            records.allocated(holders[i], SIZE);
        }
        return records;
    }

    private static long area(long bytes) {
        try {
            return Leaks.allocate(bytes);
        } catch (Throwable e) {
            throw new LinkageError("sun.misc.Unsafe", e);
        }
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
