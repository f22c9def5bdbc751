// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Reads, from outside, the field in which a woven class keeps an object's lifecycle. For rare cases: a subclass that is
 * refused, a size that becomes known late. Any thread may call; the field's place is looked up once a class.
 *
 * <p>Needs {@code jdk.internal.misc} exported to us, which the agent sees to; without it no object has the field.
 */
final class WovenField {
    private static final String NAME = "heldby$lifecycle";
    private static final long NONE = -1;

    private static final MethodHandle OFFSET = unsafe("objectFieldOffset", long.class, Class.class, String.class);
    private static final MethodHandle READ = unsafe("getReference", Object.class, Object.class, long.class);

    private static final ClassValue<Long> OFFSETS = new ClassValue<>() {
        @Override
        protected Long computeValue(Class<?> type) {
            for (Class<?> at = type; at != null && OFFSET != null; at = at.getSuperclass()) {
                try {
                    return (long) OFFSET.invokeExact(at, NAME);
                } catch (Throwable notThere) {
                    // The next class up may have it.
                }
            }
            return NONE;
        }
    };

    private WovenField() {}

    /** The object's lifecycle, or null if it has no such field, or nothing in it. */
    static Lifecycle read(Object object) {
        long offset = OFFSETS.get(object.getClass());
        try {
            return offset == NONE ? null : (Lifecycle) (Object) READ.invokeExact(object, offset);
        } catch (Throwable e) {
            return null;
        }
    }

    private static MethodHandle unsafe(String method, Class<?> result, Class<?>... parameters) {
        try {
            Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Object unsafe = lookup.findStatic(type, "getUnsafe", MethodType.methodType(type))
                    .invoke();
            return lookup.findVirtual(type, method, MethodType.methodType(result, parameters))
                    .bindTo(unsafe);
        } catch (Throwable e) {
            return null;
        }
    }
}
