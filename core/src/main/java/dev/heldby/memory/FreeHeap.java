// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parts of the Java heap in which no object is: what lies between a space's top and its end. Old copies of objects stay there until
 * they are overwritten. Used by one thread.
 *
 * <p>A part is free when it was asked for, and fills from its start on when the program allocates. Too little that is known to
 * be free hides leaks; so a heap of another kind, or one that is not as expected, has no free parts.
 */
interface FreeHeap {
    /**
     * In order; they may overlap.
     *
     * @param mappings those of this moment
     */
    List<Region> regions(List<Mapping> mappings);

    /** That of this process. */
    static FreeHeap of(Words words, List<Mapping> mappings) {
        try {
            VmStructs vm = new VmStructs(words, mappings);
            FreeHeap spaces = spaces(words, vm);
            FreeHeap buffers = new FreeBuffers(words, vm);
            HeapBounds bounds = new HeapBounds(words, vm);
            return now -> Stream.concat(spaces.regions(now).stream(), buffers.regions(now).stream())
                    .filter(region -> bounds.contain(region, now))
                    .sorted(Comparator.comparingLong(Region::start))
                    .toList();
        } catch (IOException e) {
            return now -> List.of();
        }
    }

    private static FreeHeap spaces(Words words, VmStructs vm) throws IOException {
        String collector = collector();
        if (collector.startsWith("ZGC")) {
            return new FreeZ(words, vm);
        }
        if (collector.startsWith("G1 ")) {
            return new FreeG1(words, vm);
        }
        return collector.startsWith("PS ") ? FreeSpaces.ofParallel(words, vm) : FreeSpaces.ofSerial(words, vm);
    }

    private static String collector() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return collectors.isEmpty() ? "" : collectors.get(0).getName();
    }
}
