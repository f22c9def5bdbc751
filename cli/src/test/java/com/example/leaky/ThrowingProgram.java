// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

import java.util.concurrent.TimeUnit;

/** Fills drawers; every third one is {@code thrown} away by an exception, or {@code forgotten} before one is thrown. */
public final class ThrowingProgram {
    private static final int DRAWERS = 600;

    private ThrowingProgram() {}

    public static void main(String... args) throws InterruptedException {
        for (int i = 0; i < DRAWERS; i++) {
            try {
                if (args[0].equals("thrown")) {
                    fill(i);
                } else {
                    forget(i);
                }
            } catch (IllegalStateException e) {
                System.gc();
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }

    private static void fill(int i) {
        Drawer drawer = open();
        check(i);
        drawer.close();
    }

    private static void forget(int i) {
        lose(i);
        check(i);
    }

    private static void lose(int i) {
        Drawer drawer = open();
        if (i % 3 > 0) {
            drawer.close();
        }
    }

    private static Drawer open() {
        return new Drawer();
    }

    private static void check(int i) {
        if (i % 3 == 0) {
            throw new IllegalStateException("full");
        }
    }
}
