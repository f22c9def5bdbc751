// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.security.SecureRandom;

/** A program that holds one word, in arrays that the collector moves, and prints how many scans did not find it. */
final class Holds {
    private static final int SCANS = 10;

    private static volatile boolean ended;
    private static volatile Object garbage;
    private static volatile long[] holder = new long[1000];

    private Holds() {}

    public static void main(String[] arguments) throws Exception {
        Memory memory = new ProcessMemory();
        long complement = new SecureRandom().nextLong();
        holder[500] = ~complement;
        Thread churn = new Thread(Holds::churn);
        churn.start();
        int missed = 0;
        for (int i = 0; i < SCANS; i++) {
            missed += Finding.of(memory, complement, true).count() == 0 ? 1 : 0;
        }
        ended = true;
        churn.join();
        System.out.println("missed: " + missed);
    }

    private static void churn() {
        for (int i = 0; !ended; i++) {
            garbage = new byte[10_000];
            if (i % 1000 == 0) {
                System.gc();
                pause();
            }
        }
    }

    /** Long enough for a pass to get through. */
    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
