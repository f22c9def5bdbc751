// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import org.jspecify.annotations.Nullable;

/**
 * Says every change of a count, while that is asked for. Off, it is the read of a field that the compiler keeps in a register.
 */
final class Tracing {
    private static final System.Logger LOGGER = System.getLogger("dev.heldby.counted");

    static boolean on;

    private Tracing() {}

    static void change(@Nullable Object object, Count count, int by) {
        if (on && object != null) {
            LOGGER.log(
                    System.Logger.Level.INFO,
                    name(object) + (by > 0 ? " +1" : " -1") + ", " + count.references() + " before the next, by "
                            + Thread.currentThread().getName());
        }
    }

    static void lent(@Nullable Object object, Count count, String method) {
        if (on && object != null) {
            LOGGER.log(System.Logger.Level.INFO, name(object) + " lent to " + method);
        }
    }

    static void destroyed(Object object, Count count) {
        if (on) {
            LOGGER.log(System.Logger.Level.INFO, name(object) + " destroyed");
        }
    }

    /** A name for the object in messages: its class, and a number that others seldom have. */
    static String name(Object object) {
        return object.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(object));
    }
}
