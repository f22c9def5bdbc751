// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which pages a process has written, from {@code /proc/self/pagemap}: the others hold zeros, or what their file holds. A heap of
 * which little is in use costs what is in use, and reading brings no page into being. Used by one thread.
 *
 * <p>Shared memory is taken as it is, since a page may have been written through another mapping, and so is what is known to be in
 * use: the kernel takes half as long to tell of a page as to copy it. Where that was never written after all, reading it maps the
 * kernel's page of zeros there.
 */
final class PageMap {
    private static final long PRESENT_OR_SWAPPED = 3L << 62;
    private static final long OF_FILE = 1L << 61;

    /** Null where the kernel has none: then every page counts as written. */
    private final @Nullable ProcFile file;

    private final Windows windows;
    private final long pageSize;
    private final Predicate<Region> isInUse;
    private final long[] entries = new long[Window.WORDS];

    /** @param isInUse whether all of a region is known to be in use, and so counts as written */
    PageMap(@Nullable ProcFile file, Windows windows, long pageSize, Predicate<Region> isInUse) {
        this.file = file;
        this.windows = windows;
        this.pageSize = pageSize;
        this.isInUse = isInUse;
    }

    /** Gives the runs of written pages in that part of the mapping. */
    void written(Mapping mapping, Region part, Consumer<Region> runs) {
        if (file == null || mapping.isShared() || isInUse.test(part)) {
            runs.accept(part);
            return;
        }
        long from = part.start();
        for (long at = part.start(); at < part.end(); ) {
            int pages = load(file, at, part.end());
            for (int i = 0; i < pages; i++, at += pageSize) {
                if (!isWritten(entries[i])) {
                    accept(from, at, runs);
                    from = at + pageSize;
                }
            }
            if (pages == 0) {
                at = part.end();
            }
        }
        accept(from, part.end(), runs);
    }

    private int load(ProcFile file, long start, long end) {
        int pages = (int) Math.min(entries.length, (end - start) / pageSize);
        return windows.read(file, start / pageSize * Long.BYTES, entries, pages, 0);
    }

    /* A page of a file that is mapped privately is the file's until it is written. */
    private static boolean isWritten(long entry) {
        return (entry & PRESENT_OR_SWAPPED) != 0 && (entry & OF_FILE) == 0;
    }

    private static void accept(long start, long end, Consumer<Region> runs) {
        if (start < end) {
            runs.accept(new Region(start, end));
        }
    }
}
