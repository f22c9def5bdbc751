// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.List;

/**
 * The heap of this process, from a dump of its own that is made for each reading: the JVM collects garbage and stops the
 * program while it writes the file, which is gone before the call returns.
 */
public final class DumpedHeap implements LiveHeap {
    private final DumpWords words = new DumpWords();

    @Override
    public List<Region> where() throws IOException {
        return HeapRanges.ofThisProcess();
    }

    @Override
    public void words(Visitor visitor) throws IOException, InterruptedException {
        try (HeapDump dump = HeapDump.take()) {
            words.read(dump.content(), visitor);
        } finally {
            words.erase();
        }
    }
}
