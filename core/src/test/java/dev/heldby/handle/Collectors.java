// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;

/** The garbage collectors that this JVM has, as options. */
public final class Collectors {
    private Collectors() {}

    /** Some vendors leave Shenandoah out. */
    public static Stream<String> all() {
        return Stream.of("UseSerialGC", "UseParallelGC", "UseG1GC", "UseZGC", "UseShenandoahGC")
                .filter(Collectors::isKnown)
                .map(collector -> "-XX:+" + collector);
    }

    private static boolean isKnown(String option) {
        try {
            return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                            .getVMOption(option)
                    != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
