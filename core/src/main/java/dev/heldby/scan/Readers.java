// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The thread that scans and those that help it while there is much to read. For one scan at a time.
 *
 * <p>A helper lives for one piece of work, which began after memory was listed: so its stack, on which there is what it has
 * just looked at, is not read. A helper that cannot be started is done without.
 */
final class Readers {
    /** What one thread reads faster than another one is started. */
    private static final long LITTLE_BYTES = 4 << 20;

    private final List<Reading> readings = new ArrayList<>();
    /** Whether the thread that scans left its work undone. */
    private volatile boolean givenUp;

    Readers(Memory memory, int threads) {
        for (int i = 0; i < threads; i++) {
            readings.add(new Reading(memory));
        }
    }

    /** Does one of several tasks. */
    interface Task {
        void run(Reading reading, int number) throws InterruptedException;
    }

    /** That of the thread that scans. */
    Reading own() {
        return readings.get(0);
    }

    /** From now on that interrupts. */
    void begin(BooleanSupplier interrupted) {
        own().begin(interrupted);
        readings.subList(1, readings.size())
                .forEach(reading -> reading.begin(() -> interrupted.getAsBoolean() || givenUp));
    }

    /** Leaves nothing of what was read. */
    void erase() {
        readings.forEach(Reading::erase);
    }

    long bytesRead() {
        return readings.stream().mapToLong(Reading::bytesRead).sum();
    }

    /** Does all tasks of those numbers, which read so many bytes, and waits for their end. */
    void each(int tasks, long bytes, Task task) throws InterruptedException {
        Work work = new Work(tasks, task);
        givenUp = false;
        List<Thread> helpers = new ArrayList<>();
        int wanted = bytes > LITTLE_BYTES ? Math.min(tasks, readings.size()) : 1;
        try {
            for (int i = 1; i < wanted; i++) {
                Reading reading = readings.get(i);
                Thread helper = new Thread(null, () -> work.help(reading), "heldby-scan-" + (i + 1), 0, false);
                helper.setDaemon(true);
                helper.start();
                helpers.add(helper);
            }
        } catch (OutOfMemoryError e) {
            // It takes longer alone.
        }
        try {
            runOwn(work);
        } finally {
            helpers.forEach(Readers::await);
        }
        work.rethrow();
    }

    private void runOwn(Work work) throws InterruptedException {
        boolean done = false;
        try {
            work.run(own());
            done = true;
        } finally {
            givenUp = !done;
        }
    }

    private static void await(Thread helper) {
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tasks that any of the threads takes when it is done with the one before. */
    private static final class Work {
        private final int tasks;
        private final Task task;
        private final AtomicInteger next = new AtomicInteger();
        private volatile Throwable failure;

        Work(int tasks, Task task) {
            this.tasks = tasks;
            this.task = task;
        }

        void run(Reading reading) throws InterruptedException {
            for (int i = next.getAndIncrement(); i < tasks && failure == null; i = next.getAndIncrement()) {
                task.run(reading, i);
            }
        }

        void help(Reading reading) {
            try {
                run(reading);
            } catch (InterruptedException | RuntimeException | Error e) {
                failure = e;
            }
        }

        void rethrow() throws InterruptedException {
            if (failure instanceof InterruptedException) {
                throw new InterruptedException();
            } else if (failure instanceof Error error) {
                throw error;
            } else if (failure != null) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
