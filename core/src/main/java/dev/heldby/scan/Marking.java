// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.BlockIndex;
import dev.heldby.heap.LiveHeap;
import dev.heldby.memory.Memory.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many references to each block a pass found. A block with fewer than it needs is <em>white</em>; one with enough is
 * <em>gray</em>, and its contents are read as well; one that needs -1 is <em>black</em>, neither.
 *
 * <p>A reference is an aligned word that points anywhere into a block, but not one in the block itself. A block that is not
 * white is left alone, so that no more are counted than it needs, and each becomes gray once.
 *
 * <p>Words that lie in a block count as its own and not as its region's, whatever its colour.
 *
 * <p>For one thread and the readers that help it. They count and queue under the lock, and look whether a block is white before
 * they take it: it does not become white again while they read. All else is read and written while they rest.
 */
final class Marking {
    /** The highest bit of a position in the queue, so that no two of them together look like an address. */
    private static final int NO_ADDRESS = Integer.MIN_VALUE;

    /** What one thread reads of a region before another may go on. */
    private static final long SHARE = 4 << 20;

    /** How many gray blocks one thread reads before another may go on. */
    private static final int BLOCKS_SHARE = 1 << 12;

    private final BlockIndex index;
    private final Readers readers;
    private final byte[] found;
    private final boolean[] suspect;
    private final int[] queue;
    private int queued;
    private int scanned;
    private int suspects;

    Marking(BlockIndex index, Readers readers) {
        this.index = index;
        this.readers = readers;
        this.found = new byte[index.size()];
        this.suspect = new boolean[index.size()];
        this.queue = new int[index.size()];
    }

    /** Forgets what was found, but not who is suspect. */
    void begin() {
        Arrays.fill(found, (byte) 0);
    }

    /** Before all memory is read, once more: roots are gray, what was gray stays so, and references to white blocks count anew. */
    void again() {
        queued = 0;
        scanned = 0;
        for (int i = 0; i < found.length; i++) {
            if (isWhite(i)) {
                found[i] = 0;
            } else if (isGray(i)) {
                queue(i);
            }
        }
    }

    boolean hasWhite() {
        for (int i = 0; i < found.length; i++) {
            if (isWhite(i)) {
                return true;
            }
        }
        return false;
    }

    private void queue(int position) {
        queue[queued++] = position | NO_ADDRESS;
    }

    boolean isWhite(int position) {
        return found[position] < index.needed(position);
    }

    private boolean isGray(int position) {
        return index.needed(position) >= 0 && !isWhite(position);
    }

    int found(int position) {
        return found[position];
    }

    void suspect(int position) {
        suspect[position] = true;
        suspects++;
    }

    boolean isSuspect(int position) {
        return suspect[position];
    }

    boolean hasSuspects() {
        return suspects > 0;
    }

    /** Counts it as referenced for this pass. */
    void makeGray(int position) {
        found[position] = (byte) index.needed(position);
        becameGray(position);
    }

    private void becameGray(int position) {
        if (suspect[position]) {
            suspect[position] = false;
            suspects--;
        }
        queue(position);
    }

    /** Counts the references that lie in memory outside of all blocks. */
    void readRoots(List<Region> regions) throws InterruptedException {
        List<Region> shares = new ArrayList<>();
        long bytes = 0;
        for (Region region : regions) {
            bytes += region.size();
            for (long at = region.start(); at < region.end(); at += SHARE) {
                shares.add(new Region(at, Math.min(at + SHARE, region.end())));
            }
        }
        readers.each(
                shares.size(),
                bytes,
                (reading, share) -> new Outside(index, reading, shares.get(share))
                        .read((words, from, to) -> count(words, from, to, reading.key(), BlockIndex.NONE)));
    }

    /** Counts the references that lie in objects of the heap which live. */
    void readLive(LiveHeap heap) throws IOException, InterruptedException {
        int[] looks = {0};
        heap.words(word -> {
            int target = index.find(word);
            if (target != BlockIndex.NONE) {
                count(target, BlockIndex.NONE);
            }
            if ((++looks[0] & Reading.PIECE - 1) == 0) {
                readers.own().checkInterrupted();
            }
        });
    }

    /** Counts the references that lie in gray blocks, until no block is gray that was not read. */
    void readGray() throws InterruptedException {
        while (scanned < queued) {
            int first = scanned;
            int end = queued;
            scanned = end;
            Arrays.sort(queue, first, end);
            long bytes = 0;
            for (int i = first; i < end; i++) {
                bytes += index.end(position(i)) - index.start(position(i));
            }
            readers.each(
                    (end - first + BLOCKS_SHARE - 1) / BLOCKS_SHARE,
                    bytes,
                    (reading, share) -> read(
                            reading, first + share * BLOCKS_SHARE, Math.min(end, first + (share + 1) * BLOCKS_SHARE)));
        }
    }

    private void read(Reading reading, int first, int end) throws InterruptedException {
        Neighbours.Contents contents = (words, from, to, position) -> count(words, from, to, reading.key(), position);
        new Neighbours(index, reading, this::position, first, end, contents).read();
    }

    private int position(int inQueue) {
        return queue[inQueue] & ~NO_ADDRESS;
    }

    private void count(long[] words, int from, int to, long key, int source) {
        for (int i = from; i < to; i++) {
            int target = index.find(words[i] ^ key);
            if (target != BlockIndex.NONE && target != source) {
                count(target, source);
            }
        }
    }

    private void count(int target, int source) {
        if (!increment(target) && isGray(target)) {
            int excess = index.excess(target);
            if (excess != BlockIndex.NONE && excess != source) {
                increment(excess);
            }
        }
    }

    /** False if it is not white. */
    private boolean increment(int target) {
        return isWhite(target) && incrementOnce(target);
    }

    /* What was white when another thread looked need not be any more. */
    private synchronized boolean incrementOnce(int target) {
        boolean isWhite = isWhite(target);
        if (isWhite) {
            found[target]++;
            if (!isWhite(target)) {
                becameGray(target);
            }
        }
        return isWhite;
    }
}
