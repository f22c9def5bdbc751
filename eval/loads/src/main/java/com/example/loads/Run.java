// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The frame of every program here: reads the options, runs the operations one after the other, closes the program, and
 * says how many operations there were.
 *
 * <p>An operation that fails is counted and the next one begins. Nothing waits for long: {@link #within()} is the
 * patience of a single wait, no operation begins after {@link #LAST_START_SECONDS}, and a program that hangs in spite of
 * all that is halted with exit code 3 after {@link #HALT_SECONDS}.
 */
final class Run {

    private static final long PATIENCE_MILLIS = 2_000;
    private static final long IMPATIENCE_MILLIS = 200;
    private static final int FAILURES_BEFORE_IMPATIENCE = 5;
    private static final long LAST_START_SECONDS = 40;
    private static final long HALT_SECONDS = 60;

    private static final AtomicInteger FAILURES = new AtomicInteger();

    private final int operations;
    private final long seed;

    private Run(int operations, long seed) {
        this.operations = operations;
        this.seed = seed;
    }

    /** Something that is opened, operated and closed. */
    interface Program {

        /** Does one operation. What is random in it comes from {@code random} alone. */
        void operate(int number, Random random) throws Exception;

        /** Gives back all that is left, in order. */
        void close() throws Exception;
    }

    /** Opens a program. */
    interface Opening {
        Program open() throws Exception;
    }

    /** Gives something back. */
    interface Closing {
        void close() throws Exception;
    }

    /** Runs the program as the options {@code --operations N} and {@code --seed N} say, and returns the exit code. */
    static int main(String[] args, int defaultOperations, Opening opening) {
        startWatchdog();
        try {
            int operations = defaultOperations;
            long seed = 1;
            for (int i = 0; i < args.length; i++) {
                if (args[i].equals("--operations") && i + 1 < args.length) {
                    operations = Integer.parseInt(args[++i]);
                } else if (args[i].equals("--seed") && i + 1 < args.length) {
                    seed = Long.parseLong(args[++i]);
                } else {
                    throw new IllegalArgumentException(
                            "unknown option '" + args[i] + "'; use [--operations N] [--seed N]");
                }
            }
            int done = new Run(operations, seed).run(opening);
            System.out.println(done + " operations" + (FAILURES.get() == 0 ? "" : ", " + FAILURES + " failed"));
            return 0;
        } catch (Throwable unexpected) {
            unexpected.printStackTrace();
            return 1;
        }
    }

    /** How long a single wait may take, in milliseconds; much less once several operations have failed. */
    static long within() {
        return FAILURES.get() < FAILURES_BEFORE_IMPATIENCE ? PATIENCE_MILLIS : IMPATIENCE_MILLIS;
    }

    /** Closes something when the program ends; should that fail, it is counted and what comes next is closed too. */
    static void attempt(Closing closing) {
        try {
            closing.close();
        } catch (Throwable failure) {
            failed("closing", failure);
        }
    }

    private int run(Opening opening) throws Exception {
        Program program = opening.open();
        long lastStart = System.nanoTime() + TimeUnit.SECONDS.toNanos(LAST_START_SECONDS);
        int done = 0;
        while (done < operations && System.nanoTime() < lastStart) {
            try {
                program.operate(done, new Random(seed * 1_000_003 + done));
            } catch (Throwable failure) {
                failed("operation " + done, failure);
            }
            done++;
        }
        attempt(program::close);
        return done;
    }

    private static void failed(String what, Throwable failure) {
        if (FAILURES.getAndIncrement() == 0) {
            System.err.print(what + " failed: ");
            failure.printStackTrace();
        }
    }

    private static void startWatchdog() {
        Thread watchdog = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(HALT_SECONDS);
                    } catch (InterruptedException stop) {
                        Thread.currentThread().interrupt();
                    }
                    System.err.println("still running after " + HALT_SECONDS + " seconds");
                    Runtime.getRuntime().halt(3);
                },
                "watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
