// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/** Off-heap memory of a test, whose address is kept encoded. */
public final class Block implements AutoCloseable {
    private static final MethodHandle ALLOCATE;
    private static final MethodHandle FREE;
    private static final MethodHandle PUT;

    static {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            Object unsafe = field.get(null);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ALLOCATE = lookup.findVirtual(type, "allocateMemory", MethodType.methodType(long.class, long.class))
                    .bindTo(unsafe);
            FREE = lookup.findVirtual(type, "freeMemory", MethodType.methodType(void.class, long.class))
                    .bindTo(unsafe);
            PUT = lookup.findVirtual(type, "putLong", MethodType.methodType(void.class, long.class, long.class))
                    .bindTo(unsafe);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long encoded;

    public Block(long size) {
        try {
            encoded = ~(long) ALLOCATE.invokeExact(size);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    public long address() {
        return ~encoded;
    }

    /* Exactly, since a boxed word would be a copy of it. */
    public void put(long offset, long word) {
        try {
            PUT.invokeExact(address() + offset, word);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            FREE.invokeExact(address());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
