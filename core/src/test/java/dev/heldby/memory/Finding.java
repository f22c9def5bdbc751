// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.io.IOException;

/** How often a word was in memory, and how many words there were. */
record Finding(int count, long words) {
    /** Looks through all regions, until the collector moves nothing meanwhile, for the word with that complement. */
    static Finding of(Memory memory, long complement, boolean threadStacks) throws IOException {
        long movements;
        Finding finding;
        do {
            movements = memory.movements();
            finding = pass(memory, complement, threadStacks);
        } while (movements != memory.movements());
        return finding;
    }

    private static Finding pass(Memory memory, long complement, boolean threadStacks) throws IOException {
        long[] words = new long[10_000];
        int count = 0;
        long all = 0;
        for (Region region : memory.regions(threadStacks)) {
            int read = -1;
            for (long at = region.start(); at < region.end() && read != 0; at += (long) read * Long.BYTES) {
                read = memory.read(at, words, (int) Math.min(words.length, (region.end() - at) / Long.BYTES));
                count += occurrences(words, read, complement, ~memory.key());
                all += read;
            }
        }
        return new Finding(count, all);
    }

    private static int occurrences(long[] words, int length, long complement, long key) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            if ((words[i] ^ key) == complement) {
                count++;
            }
        }
        return count;
    }
}
