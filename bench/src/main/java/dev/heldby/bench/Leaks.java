// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Field;

/** A program that holds 1,000 off-heap blocks, drops 1,000 others, and measures the processor time of pairs of an allocation and a free. */
final class Leaks {
    static final int EACH = 1_000;
    static final long KEPT_BYTES = 100;
    static final long DROPPED_BYTES = 200;
    private static final int PAIRS = 3_000_000;

    private static final MethodHandle ALLOCATE = unsafe("allocateMemory", long.class);
    private static final MethodHandle FREE = unsafe("freeMemory", void.class);
    private static final long[] HELD = new long[EACH];

    private Leaks() {}

    public static void main(String[] arguments) throws Throwable {
        for (int i = 0; i < EACH; i++) {
            keep(i);
            drop();
        }
        pairs();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long from = threads.getCurrentThreadCpuTime();
        pairs();
        System.out.println("ns a pair " + (threads.getCurrentThreadCpuTime() - from) / (double) PAIRS);
    }

    private static void keep(int i) throws Throwable {
        HELD[i] = allocate(KEPT_BYTES);
    }

    private static void drop() throws Throwable {
        allocate(DROPPED_BYTES);
    }

    private static void pairs() throws Throwable {
        for (int i = 0; i < PAIRS; i++) {
            free(allocate(16L + (i & 255)));
        }
    }

    static long allocate(long bytes) throws Throwable {
        return (long) ALLOCATE.invokeExact(bytes);
    }

    static void free(long address) throws Throwable {
        FREE.invokeExact(address);
    }

    /** {@code sun.misc.Unsafe}, by name, since the compiler warns of it. */
    private static MethodHandle unsafe(String method, Class<?> result) {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field unsafe = type.getDeclaredField("theUnsafe");
            unsafe.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(type, method, MethodType.methodType(result, long.class))
                    .bindTo(unsafe.get(null));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("sun.misc.Unsafe", e);
        }
    }
}
