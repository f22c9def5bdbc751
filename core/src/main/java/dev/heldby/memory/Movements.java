// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number that changes whenever the collector has, or may have, moved objects. Safe for threads.
 *
 * <p>A pause that moves objects is counted before it ends, so two equal counts have none between them. ZGC and Shenandoah move
 * objects while the program runs, and count a cycle at its end: one that began before a pass and ends after it would not be
 * seen. So while a cycle goes on the number changes each time it is asked for; it goes on if a pause came after the last
 * cycle's end.
 *
 * <p>The beans are asked for at the first use, since an agent must not start the platform's management before the program.
 */
final class Movements {
    private static final String CYCLES = " Cycles";
    private static final String PAUSES = " Pauses";

    /* Guarded by this. */
    private @Nullable List<GarbageCollectorMXBean> collectors;
    private long unsettled;

    synchronized long number() {
        if (collectors == null) {
            collectors = ManagementFactory.getGarbageCollectorMXBeans();
        }
        // In this order: a cycle that ends in between is counted.
        if (collectors.stream().anyMatch(this::isInCycle)) {
            unsettled++;
        }
        return unsettled
                + collectors.stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                        .sum();
    }

    private boolean isInCycle(GarbageCollectorMXBean cycles) {
        String name = cycles.getName();
        if (collectors == null || !name.endsWith(CYCLES)) {
            return false;
        }
        String pausesName = name.substring(0, name.length() - CYCLES.length()) + PAUSES;
        return collectors.stream()
                .filter(collector -> collector.getName().equals(pausesName))
                .anyMatch(pauses -> LastCollection.startOf(pauses) > LastCollection.endOf(cycles));
    }
}
