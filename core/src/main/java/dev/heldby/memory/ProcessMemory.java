// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The memory of this process, on Linux: its parts from {@code /proc/self/maps}, its words from {@code /proc/self/mem}, where an
 * address that is not mapped is an error and not a crash.
 *
 * <p>Safe for threads, which do not wait for each other to read. Make one and keep it for the life of the process: it owns a file,
 * and off-heap memory for each thread that reads at the same time as others, in which copies of addresses stay.
 *
 * <p>A list costs the reading of the page table outside of the Java heap, 8 bytes a page, and a file of {@code /proc} for each thread.
 * Reading costs the kernel's copy and one pass over the words.
 */
public final class ProcessMemory implements Memory {
    private final ProcFile words;
    private final @Nullable ProcFile pages;
    private final Windows windows;
    private final long pageSize;
    private final Movements movements = new Movements();
    /** Guarded by this, and known at the first list. */
    private @Nullable JavaHeap heap;

    /** Its sign is set, so that no encoded address is one. */
    private final long key = new SplittableRandom().nextLong() | Long.MIN_VALUE;

    /** @throws IOException with a sentence, if this process's memory cannot be read */
    public ProcessMemory() throws IOException {
        words = new ProcFile("/proc/self/mem");
        pages = openOrNull("/proc/self/pagemap");
        windows = new Windows(words);
        pageSize = PageSize.get();
    }

    private static @Nullable ProcFile openOrNull(String name) {
        try {
            return new ProcFile(name);
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public List<Region> regions(boolean threadStacks) throws IOException {
        List<Mapping> mappings = Mapping.ofThisProcess();
        StackPointers pointers = StackPointers.now();
        List<Region> leftOut = ThreadStacks.leftOut(
                pointers, new GlibcStacks(this, mappings, pageSize).find(pointers), mappings, threadStacks);
        return Ranges.without(written(mappings, heap(mappings)), leftOut);
    }

    private synchronized JavaHeap heap(List<Mapping> mappings) {
        if (heap == null) {
            heap = JavaHeap.of(new Words(this), mappings);
        }
        return heap;
    }

    /*
     * What is free is taken out first: with shared memory, the same may be in use elsewhere. What is in use counts as written, as nearly
     * all of it was.
     */
    private List<Region> written(List<Mapping> mappings, JavaHeap heap) {
        List<Region> free = heap.free(mappings);
        PageMap pageMap = new PageMap(pages, windows, pageSize, part -> !free.isEmpty() && heap.contains(part));
        OneView view = new OneView();
        List<Region> written = new ArrayList<>();
        for (Mapping mapping : mappings) {
            if (mapping.mayHoldReferences()) {
                for (Region part : Ranges.without(List.of(mapping.where()), free)) {
                    view.unseen(mapping.part(part), unseen -> pageMap.written(mapping, unseen, written::add));
                }
            }
        }
        return written;
    }

    @Override
    public int read(long address, long[] words, int count) {
        int read = windows.read(this.words, address, words, count, key);
        windows.hide(address, words, read, key);
        return read;
    }

    @Override
    public long key() {
        return key;
    }

    @Override
    public long movements() {
        return movements.number();
    }
}
