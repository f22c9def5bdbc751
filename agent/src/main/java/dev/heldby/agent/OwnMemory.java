// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.memory.Memory;
import dev.heldby.memory.ProcessMemory;
import java.io.IOException;
import java.util.List;

/**
 * The memory of this process, opened at the first scan, so that a program that is never scanned has none of its classes loaded
 * and no file of {@code /proc} open. Safe for threads.
 */
final class OwnMemory implements Memory {
    private ProcessMemory opened;

    private synchronized ProcessMemory opened() throws IOException {
        if (opened == null) {
            opened = new ProcessMemory();
        }
        return opened;
    }

    private synchronized ProcessMemory ifOpened() {
        return opened;
    }

    @Override
    public List<Region> regions(boolean threadStacks) throws IOException {
        return opened().regions(threadStacks);
    }

    @Override
    public int read(long address, long[] words, int count) {
        ProcessMemory memory = ifOpened();
        return memory == null ? 0 : memory.read(address, words, count);
    }

    @Override
    public long key() {
        ProcessMemory memory = ifOpened();
        return memory == null ? 0 : memory.key();
    }

    /** Asked before the regions are, which say why if it cannot be opened. */
    @Override
    public long movements() {
        try {
            return opened().movements();
        } catch (IOException e) {
            return 0;
        }
    }
}
