// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli.path;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is looked for: objects by their identifiers, and ranges of addresses, each so many steps away from what is really
 * looked for.
 */
public final class Target {
    private final Set<Long> objects;
    private final TreeMap<Long, Range> ranges = new TreeMap<>();

    private record Range(long end, int steps) {}

    private Target(Set<Long> objects) {
        this.objects = objects;
    }

    public static Target objects(Set<Long> ids) {
        return new Target(ids);
    }

    public static Target memory() {
        return new Target(Set.of());
    }

    /** A block that is held if an address into it is. */
    public void range(long start, long size, int steps) {
        ranges.put(start, new Range(start + size, steps));
    }

    boolean isObject(long id) {
        return objects.contains(id);
    }

    /** The start of the range that it points into. */
    OptionalLong range(long word) {
        Map.Entry<Long, Range> range = ranges.floorEntry(word);
        return range != null && word < range.getValue().end ? OptionalLong.of(range.getKey()) : OptionalLong.empty();
    }

    int steps(long start) {
        Range range = ranges.get(start);
        return range == null ? 0 : range.steps;
    }
}
