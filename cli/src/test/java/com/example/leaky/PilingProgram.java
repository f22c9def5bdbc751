// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Opens drawers all the time, and closes all of them but, as it is told, those that are {@code forgotten}, or those that are {@code kept}: by a
 * cache that fills, by one that is full and closes the oldest, and by a queue that nobody reads any more. Ends with its input.
 */
public final class PilingProgram {
    private static final int ROOM = 100;

    private PilingProgram() {}

    public static void main(String... args) throws IOException {
        List<Runnable> work =
                args[0].equals("forgotten") ? List.of(new Forgetting()) : List.of(new Cache(), new Lru(), new Queue());
        for (Runnable each : work) {
            Thread thread = new Thread(() -> repeat(each), each.getClass().getSimpleName());
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
    }

    private static void repeat(Runnable work) {
        try {
            while (true) {
                work.run();
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps one of ten, without an end. */
    private static final class Forgetting implements Runnable {
        private final List<Drawer> forgotten = new ArrayList<>();

        @Override
        public void run() {
            for (int i = 0; i < 10; i++) {
                Drawer drawer = new Drawer();
                if (i == 5) {
                    forgotten.add(drawer);
                } else {
                    drawer.close();
                }
            }
        }
    }

    /** Keeps all, up to a number that it does not reach. */
    private static final class Cache implements Runnable {
        private final List<Drawer> cached = new ArrayList<>();

        @Override
        public void run() {
            cached.add(new Drawer());
        }
    }

    /** Keeps the last ones. */
    private static final class Lru implements Runnable {
        private final Deque<Drawer> cached = new ArrayDeque<>();

        @Override
        public void run() {
            cached.add(new Drawer());
            if (cached.size() > ROOM) {
                cached.removeFirst().close();
            }
        }
    }

    /** Is emptied at first. */
    private static final class Queue implements Runnable {
        private final Deque<Drawer> waiting = new ArrayDeque<>();
        private int made;

        @Override
        public void run() {
            waiting.add(new Drawer());
            if (made++ < 4 * ROOM) {
                waiting.removeFirst().close();
            }
        }
    }
}
