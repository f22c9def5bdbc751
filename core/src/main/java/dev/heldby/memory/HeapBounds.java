// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.List;

/** Where the Java heap is: no word of a description that is torn or of another time leads out of it. Immutable. */
final class HeapBounds {
    private final Region reserved;

    HeapBounds(Words words, VmStructs vm) throws IOException {
        long heap = words.at(vm.get("Universe::_collectedHeap")) + vm.get("CollectedHeap::_reserved");
        long start = words.at(heap + vm.get("MemRegion::_start"));
        long size = words.at(heap + vm.get("MemRegion::_word_size")) * Long.BYTES;
        // ZGC has no such region.
        this.reserved = start > 0 && size > 0 ? new Region(start, start + size) : new Region(0, 0);
    }

    boolean isReserved(Region region) {
        return reserved.contains(region);
    }

    boolean contain(Region region, List<Mapping> mappings) {
        return isReserved(region)
                || mappings.stream()
                        .anyMatch(mapping ->
                                FreeZ.isHeap(mapping) && mapping.where().contains(region));
    }
}
