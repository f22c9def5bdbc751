// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

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
        try {
            Class<?> unpooled = Class.forName("io.netty.buffer.ByteBufAllocator");
            Object allocator = unpooled.getField("DEFAULT").get(null);
            for (int i = 0; i < BUFFERS; i++) {
                if (i % (BUFFERS / 4) == 0) {
                    System.gc();
                    Thread.sleep(50);
                }
                State.takesARelease(
                        unpooled.getMethod("directBuffer", int.class).invoke(allocator, 16));
            }
        } catch (ReflectiveOperationException e) {
            // No Netty, or a copy of it: whose detector has had its occasions while the program ran.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
