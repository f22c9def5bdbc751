// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.List;

/** Collects garbage every second, and gives Netty's detector, which reports when a buffer is made, one more occasion at the end. */
final class Collector {
    private static final long PERIOD = 1000;
    private static final int BUFFERS = 200;

    private Collector() {}

    static void start() {
        Thread thread = new Thread(Collector::repeat, "planter collects");
        thread.setDaemon(true);
        thread.start();
    }

    private static void repeat() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                System.gc();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void last() {
        for (String prefix : List.of("", "io.grpc.netty.shaded.")) {
            try {
                allocate(Class.forName(
                        prefix + "io.netty.buffer.ByteBufAllocator", true, ClassLoader.getSystemClassLoader()));
            } catch (ReflectiveOperationException e) {
                // Not this Netty.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void allocate(Class<?> type) throws ReflectiveOperationException, InterruptedException {
        Object allocator = type.getField("DEFAULT").get(null);
        for (int i = 0; i < BUFFERS; i++) {
            if (i % (BUFFERS / 4) == 0) {
                System.gc();
                Thread.sleep(50);
            }
            State.takesARelease(type.getMethod("directBuffer", int.class).invoke(allocator, 16));
        }
    }
}
