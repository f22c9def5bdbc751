// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import org.jspecify.annotations.Nullable;

/** Tells an object with a count of its own of each reference beside its first. What its methods throw is complained of. */
final class OwnCount {
    private OwnCount() {}

    static void retain(@Nullable Object object, Count count) {
        if (object instanceof OwnCounted own) {
            try {
                own.heldby$retain();
            } catch (Throwable e) {
                Faults.methodFailed("retain", own, count, e);
            }
        }
    }

    static void release(Object object, Count count) {
        if (object instanceof OwnCounted own) {
            try {
                own.heldby$destroy();
            } catch (Throwable e) {
                Faults.methodFailed("release", own, count, e);
            }
        }
    }
}
