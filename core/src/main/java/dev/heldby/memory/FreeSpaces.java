// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The free ends of the spaces of the serial and of the parallel collector: eden, two for survivors, and the old generation. */
final class FreeSpaces implements FreeHeap {
    private final Words words;
    /** How to come to each space: an address, and offsets from where the word there points. */
    private final List<long[]> paths;

    private final SpaceLayout layout;

    private FreeSpaces(Words words, List<long[]> paths, SpaceLayout layout) {
        this.words = words;
        this.paths = paths;
        this.layout = layout;
    }

    static FreeSpaces ofSerial(Words words, VmStructs vm) throws IOException {
        String type = vm.has("SerialHeap::_young_gen") ? "SerialHeap" : "GenCollectedHeap";
        long heap = vm.get("Universe::_collectedHeap");
        long young = vm.get(type + "::_young_gen");
        List<long[]> paths = List.of(
                new long[] {heap, young, vm.get("DefNewGeneration::_eden_space")},
                new long[] {heap, young, vm.get("DefNewGeneration::_from_space")},
                new long[] {heap, young, vm.get("DefNewGeneration::_to_space")},
                new long[] {heap, vm.get(type + "::_old_gen"), vm.get("TenuredGeneration::_the_space")});
        String bounds = vm.has("ContiguousSpace::_bottom") ? "ContiguousSpace" : "Space";
        return new FreeSpaces(words, paths, SpaceLayout.of(vm, bounds, "ContiguousSpace"));
    }

    static FreeSpaces ofParallel(Words words, VmStructs vm) throws IOException {
        long young = vm.get("ParallelScavengeHeap::_young_gen");
        List<long[]> paths = List.of(
                new long[] {young, vm.get("PSYoungGen::_eden_space")},
                new long[] {young, vm.get("PSYoungGen::_from_space")},
                new long[] {young, vm.get("PSYoungGen::_to_space")},
                new long[] {vm.get("ParallelScavengeHeap::_old_gen"), vm.get("PSOldGen::_object_space")});
        return new FreeSpaces(words, paths, SpaceLayout.of(vm, "MutableSpace", "MutableSpace"));
    }

    @Override
    public List<Region> regions(List<Mapping> mappings) {
        List<Region> free = new ArrayList<>();
        for (long[] path : paths) {
            layout.addFree(words, space(path), free);
        }
        return free;
    }

    private long space(long[] path) {
        long address = words.at(path[0]);
        for (int i = 1; i < path.length; i++) {
            address = words.at(address + path[i]);
        }
        return address;
    }
}
