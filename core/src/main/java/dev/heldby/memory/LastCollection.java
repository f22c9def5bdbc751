// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;

/** When a collector last worked, in milliseconds of the JVM's time; 0 if it never did, or the JVM does not tell. */
final class LastCollection {
    private static final boolean IS_TOLD =
            ModuleLayer.boot().findModule("jdk.management").isPresent();

    private LastCollection() {}

    static long startOf(java.lang.management.GarbageCollectorMXBean collector) {
        GcInfo last = IS_TOLD ? ((GarbageCollectorMXBean) collector).getLastGcInfo() : null;
        return last == null ? 0 : last.getStartTime();
    }

    static long endOf(java.lang.management.GarbageCollectorMXBean collector) {
        GcInfo last = IS_TOLD ? ((GarbageCollectorMXBean) collector).getLastGcInfo() : null;
        return last == null ? 0 : last.getEndTime();
    }
}
