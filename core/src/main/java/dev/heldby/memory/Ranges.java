// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.util.ArrayList;
import java.util.List;

/** What is left of regions if others are taken out of them. */
public final class Ranges {
    private Ranges() {}

    /** Both lists in order, and the first one without overlap; so is the result. */
    public static List<Region> without(List<Region> regions, List<Region> leftOut) {
        List<Region> left = new ArrayList<>(regions.size());
        int next = 0;
        for (Region region : regions) {
            long from = region.start();
            while (next < leftOut.size() && leftOut.get(next).end() <= from) {
                next++;
            }
            for (int i = next; i < leftOut.size() && leftOut.get(i).start() < region.end(); i++) {
                addUnlessEmpty(left, from, leftOut.get(i).start());
                from = Math.max(from, leftOut.get(i).end());
            }
            addUnlessEmpty(left, from, region.end());
        }
        return left;
    }

    private static void addUnlessEmpty(List<Region> regions, long start, long end) {
        if (start < end) {
            regions.add(new Region(start, end));
        }
    }
}
