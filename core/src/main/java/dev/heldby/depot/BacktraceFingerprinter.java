// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Fingerprints a stack by what HotSpot keeps in the throwable, without making its elements.
 *
 * <p>{@code Throwable.backtrace} is, on the HotSpot of JDK 17 to 25, a chain of chunks: an {@code Object[]} with the
 * method numbers ({@code short[]}), the bytecode indexes and versions ({@code int[]}), the classes ({@code Object[]})
 * and the method names ({@code long[]}) of 32 frames, then the next chunk at a place that we look for. Where the field
 * or its shape is another one, {@link #create()} says so and {@link ElementFingerprinter} is used.
 *
 * <p>Needs {@code jdk.internal.misc} exported to us, which the agent sees to.
 */
final class BacktraceFingerprinter implements Fingerprinter {
    private static final int CHUNK = 32;

    private static final MethodHandle BACKTRACE = backtraceReader();
    private static final int NEXT = BACKTRACE == null ? -1 : nextChunkIndex();

    private BacktraceFingerprinter() {}

    /** Null where this JVM keeps its backtraces in another way or does not let us see them. */
    static Fingerprinter create() {
        return NEXT < 0 ? null : new BacktraceFingerprinter();
    }

    @Override
    public void fingerprint(StackCapture capture, Fingerprint out) {
        out.start();
        Object[] chunk = (Object[]) backtrace(capture);
        int first = 1;
        for (int left = StackDepot.MAX_FRAMES; chunk != null && left > 0; left -= CHUNK) {
            mixChunk(chunk, first, out);
            first = 0;
            chunk = (Object[]) chunk[NEXT];
        }
    }

    private static void mixChunk(Object[] chunk, int first, Fingerprint out) {
        short[] methods = (short[]) chunk[0];
        int[] bytecodes = (int[]) chunk[1];
        Object[] classes = (Object[]) chunk[2];
        long[] names = (long[]) chunk[3];
        for (int i = first; i < CHUNK && classes[i] != null; i++) {
            out.mix(names[i] ^ (long) System.identityHashCode(classes[i]) << 32);
            out.mix((long) bytecodes[i] << 16 | methods[i] & 0xffff);
        }
    }

    private static Object backtrace(Throwable throwable) {
        try {
            return (Object) BACKTRACE.invokeExact(throwable);
        } catch (Throwable e) {
            throw new LinkageError("Throwable.backtrace could be read at start but not any more", e);
        }
    }

    private static MethodHandle backtraceReader() {
        try {
            Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object unsafe = lookup.findStatic(type, "getUnsafe", MethodType.methodType(type))
                    .invoke();
            long offset = (long) lookup.findVirtual(
                            type, "objectFieldOffset", MethodType.methodType(long.class, Class.class, String.class))
                    .invoke(unsafe, Throwable.class, "backtrace");
            MethodHandle get = lookup.findVirtual(
                            type, "getReference", MethodType.methodType(Object.class, Object.class, long.class))
                    .bindTo(unsafe);
            return MethodHandles.insertArguments(get, 1, offset)
                    .asType(MethodType.methodType(Object.class, Throwable.class));
        } catch (Throwable e) {
            return null;
        }
    }

    /** Where a chunk has its successor: learned from a stack that needs two. */
    private static int nextChunkIndex() {
        try {
            Object[] chunk = (Object[]) backtrace(deep(2 * CHUNK));
            boolean known = chunk[0] instanceof short[] methods
                    && methods.length == CHUNK
                    && chunk[1] instanceof int[]
                    && chunk[2] instanceof Object[]
                    && chunk[3] instanceof long[];
            for (int i = 4; known && i < chunk.length; i++) {
                if (chunk[i] instanceof Object[] next && next.length == chunk.length && next[0] instanceof short[]) {
                    return i;
                }
            }
            return -1;
        } catch (RuntimeException e) {
            return -1;
        }
    }

    private static Throwable deep(int frames) {
        return frames == 0 ? new StackCapture() : deep(frames - 1);
    }
}
