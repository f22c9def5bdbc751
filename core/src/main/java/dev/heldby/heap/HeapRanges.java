// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Where the Java heap lies, as {@code jcmd GC.heap_info} tells; ZGC's, which it does not tell, is the memory with that name in
 * {@code /proc/self/maps}. A part that is not found is read as other memory is, which hides leaks and invents none.
 */
final class HeapRanges {
    /* of a generation, a space or all: [0x00000000f8000000, 0x00000000faaa0000, 0x00000000faaa0000) */
    private static final Pattern TOLD =
            Pattern.compile("\\[(?:0x)?([0-9a-f]{6,16}),(?:[^)\\n]*,)? *(?:0x)?([0-9a-f]{6,16})\\)");
    private static final Pattern OF_ZGC = Pattern.compile("(?m)^([0-9a-f]+)-([0-9a-f]+) .*/memfd:java_heap\\b.*$");

    private HeapRanges() {}

    static List<Region> ofThisProcess() throws IOException {
        return of(heapInfo(), Mappings.text());
    }

    /** In order and without overlap. */
    static List<Region> of(String heapInfo, String maps) {
        List<Region> ranges = new ArrayList<>();
        TOLD.matcher(heapInfo).results().map(HeapRanges::region).forEach(ranges::add);
        OF_ZGC.matcher(maps).results().map(HeapRanges::region).forEach(ranges::add);
        ranges.sort(Comparator.comparingLong(Region::start));
        return joined(ranges);
    }

    private static Region region(MatchResult range) {
        return new Region(Long.parseLong(range.group(1), 16), Long.parseLong(range.group(2), 16));
    }

    /** Spaces lie in generations. */
    private static List<Region> joined(List<Region> sorted) {
        List<Region> joined = new ArrayList<>();
        for (Region next : sorted) {
            Region last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last == null || last.end() < next.start()) {
                joined.add(next);
            } else {
                joined.set(joined.size() - 1, new Region(last.start(), Math.max(last.end(), next.end())));
            }
        }
        return joined;
    }

    private static String heapInfo() throws IOException {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcHeapInfo",
                            new Object[0],
                            new String[0]);
        } catch (JMException e) {
            throw new IOException(
                    "this JVM does not tell where its heap lies, as only HotSpot does (" + e.getMessage()
                            + "): scan without --precise.",
                    e);
        }
    }
}
