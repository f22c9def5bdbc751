// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.BlockIndex;
import dev.heldby.memory.Memory.Region;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What points to a block from outside of the Java heap: other blocks and what points to these, and memory in no block. Reads all
 * that memory once for each step from block to block. For one thread.
 */
final class Holders {
    /** So many words in no block are kept of each block: the rest is most often remnants of what was freed. */
    private static final int MOST_OUTSIDE = 4;

    private final BlockIndex index;
    private final Reading reading;
    private final List<Hold> holds = new ArrayList<>();
    private final Set<Integer> known = new HashSet<>();

    /**
     * A word that points into a block. It is known by its complement, so that it holds nothing itself.
     *
     * @param holder the block that it lies in, or none
     * @param held the block that it points into
     */
    record Hold(int holder, long complementedPlace, int held) {
        long place() {
            return ~complementedPlace;
        }
    }

    Holders(BlockIndex index, Reading reading) {
        this.index = index;
        this.reading = reading;
    }

    /** Blocks before what points to them; of several words of one block in another the first. */
    List<Hold> of(int block, List<Region> outside) throws InterruptedException {
        Set<Integer> wanted = Set.of(block);
        while (!wanted.isEmpty()) {
            known.addAll(wanted);
            wanted = holdersOf(wanted, outside);
        }
        return holds;
    }

    private Set<Integer> holdersOf(Set<Integer> wanted, List<Region> outside) throws InterruptedException {
        List<Hold> found = new ArrayList<>();
        for (Region region : outside) {
            long at = region.start();
            while (at < region.end()) {
                at = reading.next(
                        at, region.end(), (words, count, address) -> look(words, count, address, wanted, found));
            }
        }
        Set<Integer> next = new HashSet<>();
        found.stream().filter(hold -> keep(hold)).forEach(hold -> {
            holds.add(hold);
            if (hold.holder != BlockIndex.NONE && !known.contains(hold.holder)) {
                next.add(hold.holder);
            }
        });
        return next;
    }

    private boolean keep(Hold hold) {
        long alike = holds.stream()
                .filter(other -> other.holder == hold.holder && other.held == hold.held)
                .count();
        return alike < (hold.holder == BlockIndex.NONE ? MOST_OUTSIDE : 1);
    }

    private void look(long[] words, int count, long address, Set<Integer> wanted, List<Hold> found) {
        long key = reading.key();
        for (int i = 0; i < count; i++) {
            int held = index.find(words[i] ^ key);
            if (held != BlockIndex.NONE && wanted.contains(held)) {
                int holder = index.find(address + 8L * i);
                if (holder != held) {
                    found.add(new Hold(holder, ~(address + 8L * i), held));
                }
            }
        }
    }
}
