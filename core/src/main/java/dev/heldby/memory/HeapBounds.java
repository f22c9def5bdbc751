// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;

/** Where the Java heap is: no word of a description that is torn or of another time leads out of it. Immutable. */
final class HeapBounds {
    private final Region heap;

    HeapBounds(Words words, VmStructs vm) throws IOException {
        long reserved = words.at(vm.get("Universe::_collectedHeap")) + vm.get("CollectedHeap::_reserved");
        long start = words.at(reserved + vm.get("MemRegion::_start"));
        long end = start + words.at(reserved + vm.get("MemRegion::_word_size")) * Long.BYTES;
        if (start <= 0 || end <= start) {
            throw new IOException("The JVM does not tell where the heap is.");
        }
        this.heap = new Region(start, end);
    }

    boolean contain(Region region) {
        return heap.start() <= region.start() && region.end() <= heap.end();
    }
}
