// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The {@link Window}s of a process: one for each thread that ever read at the same time as others. Safe for threads; a window
 * is with the others before anything is read into it.
 */
final class Windows {
    private final ProcFile memory;
    private final List<Window> all = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Window> free = new ConcurrentLinkedQueue<>();

    Windows(ProcFile memory) throws IOException {
        this.memory = memory;
        free.add(open());
    }

    private Window open() throws IOException {
        Window window = new Window(memory);
        all.add(window);
        return window;
    }

    /** Reads words, encoded, until the count is reached or no more can be read; returns how many. */
    int read(ProcFile file, long position, long[] words, int count, long key) {
        Window window = take();
        try {
            int done = 0;
            int read = -1;
            while (done < count && read != 0) {
                read = window.read(file, position + (long) done * Long.BYTES, words, done, count - done, key);
                done += read;
            }
            return done;
        } finally {
            free.add(window);
        }
    }

    /** Makes zeros of words of memory that were read out of windows. */
    void hide(long address, long[] words, int count, long key) {
        for (Window window : all) {
            window.hide(address, words, count, key);
        }
    }

    private Window take() {
        Window window = free.poll();
        try {
            return window == null ? open() : window;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
