// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.util.List;

/** Parts of the Java heap in which no object is, as one description of the VM tells them. Used by one thread. */
interface FreeHeap {
    /**
     * They may overlap, and are in no order.
     *
     * @param mappings those of this moment
     */
    List<Region> regions(List<Mapping> mappings);
}
