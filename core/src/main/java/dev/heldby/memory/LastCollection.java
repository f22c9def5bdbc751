// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import org.jspecify.annotations.Nullable;

/** When a collector last worked, in milliseconds of the JVM's time; 0 if it never did, or the JVM does not tell. */
final class LastCollection {
    /** Without that module there is no such class. */
    private static final boolean IS_TOLD =
            ModuleLayer.boot().findModule("jdk.management").isPresent();

    private LastCollection() {}

    static long startOf(java.lang.management.GarbageCollectorMXBean collector) {
        GcInfo last = last(collector);
        return last == null ? 0 : last.getStartTime();
    }

    static long endOf(java.lang.management.GarbageCollectorMXBean collector) {
        GcInfo last = last(collector);
        return last == null ? 0 : last.getEndTime();
    }

    private static @Nullable GcInfo last(java.lang.management.GarbageCollectorMXBean collector) {
        return IS_TOLD && collector instanceof GarbageCollectorMXBean telling ? telling.getLastGcInfo() : null;
    }
}
