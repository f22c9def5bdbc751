// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;

/** {@code sun.misc.Unsafe}, by name, since the compiler warns of it. */
final class RawMemory {
    private static final MethodHandle ALLOCATE = method("allocateMemory", long.class, long.class);
    private static final MethodHandle REALLOCATE = method("reallocateMemory", long.class, long.class, long.class);
    private static final MethodHandle FREE = method("freeMemory", void.class, long.class);
    private static final MethodHandle CLEAN = method("invokeCleaner", void.class, ByteBuffer.class);

    private RawMemory() {}

    static long allocate(long bytes) {
        try {
            return (long) ALLOCATE.invokeExact(bytes);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    static long reallocate(long address, long bytes) {
        try {
            return (long) REALLOCATE.invokeExact(address, bytes);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    static void free(long address) {
        try {
            FREE.invokeExact(address);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    static void clean(ByteBuffer buffer) {
        try {
            CLEAN.invokeExact(buffer);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    private static Error rethrown(Throwable problem) {
        if (problem instanceof Error error) {
            throw error;
        }
        throw new AssertionError(problem);
    }

    private static MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field unsafe = type.getDeclaredField("theUnsafe");
            unsafe.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(type, name, MethodType.methodType(result, parameters))
                    .bindTo(unsafe.get(null));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
