// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the VM's table for debuggers tells of the Java heap: the parts in which no object is, between a space's top and its end. Old
 * copies of objects stay there until they are overwritten. Safe for threads, of which one at a time is told.
 *
 * <p>A part is free when it was asked for, and fills from its start on when the program allocates. Too little that is known to
 * be free hides leaks; so a heap of another kind, or one that is not as expected, has no free parts.
 */
final class JavaHeap {
    private final List<FreeHeap> parts;
    /** Null where there are no parts. */
    private final @Nullable HeapBounds bounds;

    private JavaHeap(List<FreeHeap> parts, @Nullable HeapBounds bounds) {
        this.parts = parts;
        this.bounds = bounds;
    }

    /** That of this process. */
    static JavaHeap of(Words words, List<Mapping> mappings) {
        try {
            VmStructs vm = new VmStructs(words, mappings);
            return new JavaHeap(List.of(spaces(words, vm), new FreeBuffers(words, vm)), new HeapBounds(words, vm));
        } catch (IOException e) {
            return new JavaHeap(List.of(), null);
        }
    }

    private static FreeHeap spaces(Words words, VmStructs vm) throws IOException {
        String collector = collector();
        if (collector.startsWith("ZGC")) {
            return new FreeZ(words, vm);
        }
        if (collector.startsWith("G1 ")) {
            return FreeRegions.ofG1(words, vm);
        }
        if (collector.startsWith("Shenandoah")) {
            return FreeRegions.ofShenandoah(words, vm);
        }
        return collector.startsWith("PS ") ? FreeSpaces.ofParallel(words, vm) : FreeSpaces.ofSerial(words, vm);
    }

    private static String collector() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        return collectors.isEmpty() ? "" : collectors.get(0).getName();
    }

    /**
     * In order; they may overlap.
     *
     * @param mappings those of this moment
     */
    synchronized List<Region> free(List<Mapping> mappings) {
        return bounds == null
                ? List.of()
                : parts.stream()
                        .flatMap(part -> part.regions(mappings).stream())
                        .filter(region -> bounds.contain(region, mappings))
                        .sorted(Comparator.comparingLong(Region::start))
                        .toList();
    }

    /** Whether all of that is in the heap; false where it is not known, as with ZGC. */
    boolean contains(Region part) {
        return bounds != null && bounds.isReserved(part);
    }
}
