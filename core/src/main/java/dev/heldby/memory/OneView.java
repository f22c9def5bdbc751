// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Shared memory that is mapped several times, as ZGC's heap is on JDK 17: each part of its file is seen through the first
 * mapping that shows it. Used by one thread.
 */
final class OneView {
    /** Of each file, the offsets that were seen: from, and the end. */
    private final Map<String, NavigableMap<Long, Long>> seen = new HashMap<>();

    /** Gives the parts of the mapping that no mapping before showed. */
    void unseen(Mapping mapping, Consumer<Region> parts) {
        if (!mapping.isShared() || !mapping.hasFile()) {
            parts.accept(mapping.where());
            return;
        }
        NavigableMap<Long, Long> ofFile = seen.computeIfAbsent(mapping.file(), file -> new TreeMap<>());
        long end = mapping.offset() + mapping.where().size();
        long base = mapping.start() - mapping.offset();
        for (Region gap : gaps(ofFile, mapping.offset(), end)) {
            parts.accept(new Region(base + gap.start(), base + gap.end()));
            ofFile.put(gap.start(), gap.end());
        }
    }

    private static List<Region> gaps(NavigableMap<Long, Long> taken, long from, long end) {
        Long before = taken.floorKey(from);
        List<Region> others = taken.subMap(before == null ? from : before, end).entrySet().stream()
                .map(part -> new Region(part.getKey(), part.getValue()))
                .toList();
        return Ranges.without(List.of(new Region(from, end)), others);
    }
}
