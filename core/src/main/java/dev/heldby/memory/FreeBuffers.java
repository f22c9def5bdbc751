// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The free ends of the buffers in which threads allocate (TLABs). A thread that allocates little keeps one for long, and with
 * it whatever was there before.
 *
 * <p>A thread that ends meanwhile takes its description with it. It left the list before, so a list that is another one afterwards
 * counts for nothing.
 */
final class FreeBuffers implements FreeHeap {
    private static final int MOST_THREADS = 1 << 20;

    private final Words words;
    private final long list;
    private final long length;
    private final long threads;
    private final long buffer;
    private final SpaceLayout layout;

    FreeBuffers(Words words, VmStructs vm) throws IOException {
        this.words = words;
        this.list = vm.get("ThreadsSMRSupport::_java_thread_list");
        this.length = vm.get("ThreadsList::_length");
        this.threads = vm.get("ThreadsList::_threads");
        this.buffer = vm.get("Thread::_tlab");
        String type = "ThreadLocalAllocBuffer";
        this.layout = new SpaceLayout(vm.get(type + "::_start"), vm.get(type + "::_top"), vm.get(type + "::_end"));
    }

    @Override
    public List<Region> regions(List<Mapping> mappings) {
        List<Region> free = new ArrayList<>();
        long before = words.at(list);
        int count = (int) words.at(before + length);
        long[] all = new long[0 < count && count < MOST_THREADS ? count : 0];
        if (words.fill(words.at(before + threads), all)) {
            for (long thread : all) {
                layout.addFree(words, thread + buffer, free);
            }
        }
        return words.at(list) == before ? free : List.of();
    }
}
