// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * Fingerprints a stack by what HotSpot keeps in the throwable, without making its elements.
 *
 * <p>{@code Throwable.backtrace} is, on the HotSpot of JDK 17 to 25, a chain of chunks: an {@code Object[]} with the
 * method numbers ({@code short[]}), the bytecode indexes and versions ({@code int[]}), the classes ({@code Object[]})
 * and the method names ({@code long[]}) of 32 frames, then the next chunk at a place that we look for. Where the field
 * or its shape is another one, {@link #create()} says so and {@link ElementFingerprinter} is used.
 *
 * <p>Reads the field through {@code jdk.internal.misc} where that is exported to us, which the agent sees to, else before
 * JDK 24 through {@code jdk.unsupported}.
 */
final class BacktraceFingerprinter implements Fingerprinter {
    private static final int CHUNK = 32;

    private static final MethodType READ = MethodType.methodType(Object.class, Object.class, long.class);

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
            out.mix(
                    names[i] ^ (long) methods[i] << 48,
                    (long) System.identityHashCode(classes[i]) << 32 | bytecodes[i] & 0xffffffffL);
        }
    }

    private static Object backtrace(Throwable throwable) {
        try {
            return (Object) BACKTRACE.invokeExact(throwable);
        } catch (RuntimeException | Error e) {
            throw e; // There may be no memory.
        } catch (Throwable e) {
            throw new LinkageError("Throwable.backtrace could be read at start but not any more", e);
        }
    }

    private static MethodHandle backtraceReader() {
        try {
            return internalReader(MethodHandles.lookup());
        } catch (Throwable e) {
            return publicReader();
        }
    }

    private static MethodHandle internalReader(MethodHandles.Lookup lookup) throws Throwable {
        Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
        Object unsafe = lookup.findStatic(type, "getUnsafe", MethodType.methodType(type))
                .invoke();
        long offset = (long) lookup.findVirtual(
                        type, "objectFieldOffset", MethodType.methodType(long.class, Class.class, String.class))
                .invoke(unsafe, Throwable.class, "backtrace");
        return reader(lookup.findVirtual(type, "getReference", READ).bindTo(unsafe), offset);
    }

    /** From JDK 24 on, the first read through this one prints a warning, which we do without. */
    private static MethodHandle publicReader() {
        try {
            if (Runtime.version().feature() >= 24) {
                return null;
            }
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            Object unsafe = instance.get(null);
            long offset = (long) type.getMethod("objectFieldOffset", Field.class)
                    .invoke(unsafe, Throwable.class.getDeclaredField("backtrace"));
            return reader(
                    MethodHandles.publicLookup()
                            .findVirtual(type, "getObject", READ)
                            .bindTo(unsafe),
                    offset);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private static MethodHandle reader(MethodHandle get, long offset) {
        return MethodHandles.insertArguments(get, 1, offset)
                .asType(MethodType.methodType(Object.class, Throwable.class));
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
