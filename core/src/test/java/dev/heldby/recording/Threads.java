// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Work that several threads do at once. */
public final class Threads {
    private Threads() {}

    /** Runs it so many times at once with the numbers from 0, and fails if one of them does. */
    public static void runAtOnce(int threads, IntConsumer work) throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(threads);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(
                    () -> {
                        try {
                            together.await();
                            work.accept(number);
                        } catch (Throwable e) {
                            failure.compareAndSet(null, e);
                        }
                    },
                    "worker " + i);
            started.add(thread);
            thread.start();
        }
        for (Thread thread : started) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError("A thread failed", failure.get());
        }
    }

    /** Runs it on a thread of that name that inherits nothing, and waits for its end. */
    static void runOnForeign(String name, Runnable work) throws InterruptedException {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.start();
        thread.join();
    }
}
