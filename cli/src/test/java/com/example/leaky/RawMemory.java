// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * {@code sun.misc.Unsafe}, by name, since the compiler warns of it. Handles, so that who calls one is who allocates.
 */
final class RawMemory {
    /** Takes the size. */
    static final MethodHandle ALLOCATE = method("allocateMemory", long.class, long.class);
    /** Takes the address, the size and what each byte becomes. */
    static final MethodHandle FILL = method("setMemory", void.class, long.class, long.class, byte.class);
    /** Takes the address and the word. */
    static final MethodHandle PUT = method("putLong", void.class, long.class, long.class);

    private RawMemory() {}

    private static MethodHandle method(String name, Class<?> result, Class<?>... parameters) {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field unsafe = type.getDeclaredField("theUnsafe");
            unsafe.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(type, name, MethodType.methodType(result, parameters))
                    .bindTo(unsafe.get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
