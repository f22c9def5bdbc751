// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The free ends of the regions of G1 and of Shenandoah; a free region is all end. */
final class FreeRegions implements FreeHeap {
    private static final long MOST_REGIONS = 1 << 20;

    private final Words words;
    /** Where the address of the heap's description is. */
    private final long heap;
    /** Where that has the address of a table with those of the regions' descriptions. */
    private final long table;
    /** Where it has their number. */
    private final long length;

    private final SpaceLayout layout;

    private FreeRegions(Words words, VmStructs vm, long table, long length, String region) throws IOException {
        this.words = words;
        this.heap = vm.get("Universe::_collectedHeap");
        this.table = table;
        this.length = length;
        this.layout = SpaceLayout.of(vm, region, region);
    }

    static FreeRegions ofG1(Words words, VmStructs vm) throws IOException {
        String prefix = vm.has("G1HeapRegion::_top") ? "G1" : "";
        long regions = vm.get("G1CollectedHeap::_hrm") + vm.get(prefix + "HeapRegionManager::_regions");
        return new FreeRegions(
                words,
                vm,
                regions + vm.get("G1HeapRegionTable::_base"),
                regions + vm.get("G1HeapRegionTable::_length"),
                prefix + "HeapRegion");
    }

    static FreeRegions ofShenandoah(Words words, VmStructs vm) throws IOException {
        return new FreeRegions(
                words,
                vm,
                vm.get("ShenandoahHeap::_regions"),
                vm.get("ShenandoahHeap::_num_regions"),
                "ShenandoahHeapRegion");
    }

    @Override
    public List<Region> regions(List<Mapping> mappings) {
        List<Region> free = new ArrayList<>();
        long address = words.at(heap);
        long count = words.at(address + length);
        long[] regions = new long[(int) (0 < count && count < MOST_REGIONS ? count : 0)];
        if (words.fill(words.at(address + table), regions)) {
            for (long region : regions) {
                if (region != 0) { // A part of the heap that was never in use has no description.
                    layout.addFree(words, region, free);
                }
            }
        }
        return free;
    }
}
