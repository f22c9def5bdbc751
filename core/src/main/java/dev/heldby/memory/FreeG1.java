// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The free ends of G1's regions; a free region is all end. */
final class FreeG1 implements FreeHeap {
    private static final long MOST_REGIONS = 1 << 20;

    private final Words words;
    private final long heap;
    private final long base;
    private final long length;
    private final SpaceLayout layout;

    FreeG1(Words words, VmStructs vm) throws IOException {
        boolean prefixed = vm.has("G1HeapRegion::_top");
        String region = prefixed ? "G1HeapRegion" : "HeapRegion";
        long table = vm.get("G1CollectedHeap::_hrm")
                + vm.get((prefixed ? "G1HeapRegionManager" : "HeapRegionManager") + "::_regions");
        this.words = words;
        this.heap = vm.get("Universe::_collectedHeap");
        this.base = table + vm.get("G1HeapRegionTable::_base");
        this.length = table + vm.get("G1HeapRegionTable::_length");
        this.layout = SpaceLayout.of(vm, region, region);
    }

    @Override
    public List<Region> regions(List<Mapping> mappings) {
        List<Region> free = new ArrayList<>();
        long table = words.at(heap);
        long count = words.at(table + length);
        long[] regions = new long[(int) (0 < count && count < MOST_REGIONS ? count : 0)];
        if (words.fill(words.at(table + base), regions)) {
            for (long region : regions) {
                if (region != 0) { // As that of a part of the heap that was never in use.
                    layout.addFree(words, region, free);
                }
            }
        }
        return free;
    }
}
