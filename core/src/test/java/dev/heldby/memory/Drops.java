// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.security.SecureRandom;

/** A program that drops many objects with one word in them, lets the collector work, and prints how many of the words are found. */
final class Drops {
    static final int OBJECTS = 2_000;

    private static volatile Object dropped;

    private Drops() {}

    public static void main(String[] arguments) throws Exception {
        Memory memory = new ProcessMemory();
        long complement = new SecureRandom().nextLong();
        Thread dropping = new Thread(() -> drop(complement));
        dropping.start();
        dropping.join();
        dropped = null;
        System.gc();
        System.gc();
        System.out.println(Finding.of(memory, complement, true).count());
    }

    private static void drop(long complement) {
        for (int i = 0; i < OBJECTS; i++) {
            long[] object = new long[100];
            object[i % object.length] = ~complement;
            dropped = object;
        }
    }
}
