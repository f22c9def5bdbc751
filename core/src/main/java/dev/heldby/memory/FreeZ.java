// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The free granules of ZGC's heap, which belong to no page, and the free ends of its pages.
 *
 * <p>A page is known by offsets in the heap, which are the lower bits of addresses; on JDK 17 each has several.
 */
final class FreeZ implements FreeHeap {
    private static final String HEAP = "/memfd:java_heap";
    private static final long GRANULE = 2 << 20;

    private final Words words;
    private final long table;
    private final long mask;
    private final long start;
    private final long top;

    FreeZ(Words words, VmStructs vm) throws IOException {
        this.words = words;
        this.table = words.at(vm.get("Universe::_collectedHeap"))
                + vm.get("ZCollectedHeap::_heap")
                + vm.get("ZHeap::_page_table")
                + vm.get("ZPageTable::_map")
                + vm.get("ZGranuleMapForPageTable::_map");
        long globals = words.at(vm.get("ZGlobalsForVMStructs::_instance_p"));
        this.mask = words.at(words.at(globals + vm.get("ZGlobalsForVMStructs::_ZAddressOffsetMask")));
        this.start = vm.get("ZPage::_virtual") + vm.get("ZVirtualMemory::_start");
        this.top = vm.get("ZPage::_top");
        if (mask <= 0 || (mask & mask + 1) != 0) {
            throw new IOException("The JVM does not tell how addresses in its heap are made.");
        }
    }

    static boolean isHeap(Mapping mapping) {
        return mapping.name().startsWith(HEAP) && mapping.mayHoldReferences();
    }

    @Override
    public List<Region> regions(List<Mapping> mappings) {
        List<Region> free = new ArrayList<>();
        for (Mapping mapping : mappings) {
            if (isHeap(mapping)) {
                addFree(mapping.where(), free);
            }
        }
        return free;
    }

    private void addFree(Region heap, List<Region> free) {
        long[] pages = new long[(int) (heap.size() / GRANULE)];
        long first = (heap.start() & mask) / GRANULE;
        if (words.fill(words.at(table) + first * Long.BYTES, pages)) {
            for (int i = 0; i < pages.length; i++) {
                long granule = heap.start() + i * GRANULE;
                long used = pages[i] == 0 ? 0 : used(pages[i], granule & mask);
                if (used < GRANULE) {
                    free.add(new Region(granule + used, granule + GRANULE));
                }
            }
        }
    }

    /** How many bytes at the beginning of the granule with that offset the page uses; all if it does not look like one. */
    private long used(long page, long offset) {
        long from = words.at(page + start);
        long to = words.at(page + top);
        boolean isPage = from % GRANULE == 0 && 0 <= from && from <= offset && from <= to && to % Long.BYTES == 0;
        return isPage ? Math.max(0, Math.min(to - offset, GRANULE)) : GRANULE;
    }
}
