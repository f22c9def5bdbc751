// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.List;

/** The objects of the Java heap that live, read for addresses instead of the memory in which they lie. One thread at a time. */
public interface LiveHeap {

    /** Where the heap lies, in order and without overlap: memory that need not be read if the words are. */
    List<Region> where() throws IOException;

    /**
     * Gives each word that lies in an object which lives at some moment of this call.
     *
     * @throws IOException with a sentence, if they cannot be known; some may have been given by then
     */
    void words(Visitor visitor) throws IOException, InterruptedException;

    /** Looks at words, which belong in a local variable and nowhere else. */
    interface Visitor {
        void look(long word) throws InterruptedException;
    }
}
