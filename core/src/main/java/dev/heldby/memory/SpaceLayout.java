// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.List;

/** Where the bounds of a space of the heap are in its description. Immutable. */
record SpaceLayout(long bottom, long top, long end) {
    static SpaceLayout of(VmStructs vm, String bounds, String top) throws IOException {
        return new SpaceLayout(vm.get(bounds + "::_bottom"), vm.get(top + "::_top"), vm.get(bounds + "::_end"));
    }

    /** Adds what is free of the space that is described there, if it looks like one. */
    void addFree(Words words, long space, List<Region> free) {
        long from = words.at(space + top);
        long to = words.at(space + end);
        long start = words.at(space + bottom);
        if (0 < start && start <= from && from < to && (from & Long.BYTES - 1) == 0) {
            free.add(new Region(from, to));
        }
    }
}
