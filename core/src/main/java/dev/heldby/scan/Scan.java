// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import dev.heldby.block.BlockIndex;
import dev.heldby.block.Blocks;
import dev.heldby.heap.LiveHeap;
import dev.heldby.memory.Memory;
import dev.heldby.memory.Memory.Region;
import dev.heldby.memory.Ranges;
import dev.heldby.scan.ScanResult.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One scan: a pass that finds the suspects, and another that confirms them.
 *
 * <p>A white block whose contents changed since the last scan is in use by someone, so it counts as referenced: this holds for
 * every block at its first scan. The contents of a block that is found referenced and was not before are kept as well, so that what
 * hides a leak in its first scan hides it in no other. Those that are white still, and old enough, are suspect; the second pass
 * clears each to which it finds references. So a reference that moves while memory is read has to be missed twice.
 *
 * <p>A pass is tried again when the collector moved objects meanwhile, and then a block is white that no try saw referenced.
 *
 * <p>Nothing is kept of a scan that does not come to its end, but the checksums.
 */
final class Scan {
    /** How often a pass is tried while the collector moves objects. */
    static final int MOST_TRIES = 5;

    /** How often memory is listed in one try, while the program goes on to bring much into use. */
    private static final int MOST_LISTS = 10;

    private static final long FEW_BYTES = 1 << 20;
    private static final int MOST_MISSES = 255;

    private final Blocks blocks;
    private final Memory memory;
    private final Readers readers;
    private final Reading reading;
    private final Scanner.Choices choices;
    private final @Nullable LiveHeap heap;
    private final long beganNanos = System.nanoTime();
    private final long bornBy;
    private int passes;

    /** @param heap what to read instead of the memory in which the Java heap lies; null to read that */
    Scan(Blocks blocks, Memory memory, Readers readers, Scanner.Choices choices, @Nullable LiveHeap heap) {
        this.heap = heap;
        this.blocks = blocks;
        this.memory = memory;
        this.readers = readers;
        this.reading = readers.own();
        this.choices = choices;
        this.bornBy = blocks.nowMillis() - choices.leastAgeMillis();
    }

    ScanResult run() {
        if (!blocks.isOn()) {
            return off();
        }
        try {
            BlockIndex index = blocks.index();
            return index.isSound() ? result(Outcome.COMPLETE, leaks(index), "") : off();
        } catch (InterruptedException e) {
            return blocks.isOn()
                    ? result(Outcome.INTERRUPTED, List.of(), "The scan was interrupted: it found nothing out.")
                    : off();
        } catch (IOException e) {
            return result(Outcome.UNREADABLE, List.of(), "The scan cannot be done: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            return result(
                    Outcome.UNREADABLE,
                    List.of(),
                    "The scan cannot be done: the heap has no room for an index of " + blocks.held()
                            + " blocks; give the program a larger heap.");
        } finally {
            readers.erase();
        }
    }

    private ScanResult off() {
        return result(
                Outcome.OFF,
                List.of(),
                "Blocks are not recorded any more, so no leak can be found; restart the program.");
    }

    private ScanResult result(Outcome outcome, List<Block> newLeaks, String reason) {
        Duration duration = Duration.ofNanos(System.nanoTime() - beganNanos);
        return new ScanResult(outcome, newLeaks, blocks.leaks(), readers.bytesRead(), duration, passes, reason);
    }

    private List<Block> leaks(BlockIndex index) throws IOException, InterruptedException {
        Marking marking = new Marking(index, readers);
        pass(marking);
        spareChanged(index, marking);
        marking.readGray();
        int[] misses = misses(index, marking);
        if (marking.hasSuspects()) {
            index.refresh();
            pass(marking);
        }
        return judge(index, marking, misses);
    }

    /** In how many scans before this one, without a gap, each was white that is so now. */
    private static int[] misses(BlockIndex index, Marking marking) {
        int[] misses = new int[index.size()];
        for (int i = 0; i < misses.length; i++) {
            misses[i] = marking.isWhite(i) && !index.wasReferenced(i) ? index.misses(i) : 0;
        }
        return misses;
    }

    private void pass(Marking marking) throws IOException, InterruptedException {
        marking.begin();
        if (heap == null) {
            fastPass(marking);
        } else {
            precisePass(marking, heap);
        }
    }

    /**
     * Counts the references in objects that live, and those outside of the heap before and after: one that moves there or back
     * is at one of its places each time.
     */
    private void precisePass(Marking marking, LiveHeap heap) throws IOException, InterruptedException {
        passes++;
        marking.again();
        readOutside(marking, heap);
        readers.erase();
        marking.readLive(heap);
        readOutside(marking, heap);
    }

    private void readOutside(Marking marking, LiveHeap heap) throws IOException, InterruptedException {
        marking.readRoots(Ranges.without(memory.regions(choices.threadStacks()), heap.where()));
        marking.readGray();
    }

    /**
     * Counts all references until no objects were moved meanwhile, or no block is white. What was found stays found: an object that moves
     * may be missed at both of its places, but hardly so in each try.
     */
    private void fastPass(Marking marking) throws IOException, InterruptedException {
        long before;
        int tries = 0;
        do {
            before = memory.movements();
            marking.again();
            read(marking);
            tries++;
        } while (memory.movements() != before && marking.hasWhite() && tries < MOST_TRIES);
        passes += tries;
    }

    /**
     * Counts the references in all memory, and not those that are left in our buffer. What came into use meanwhile is read last:
     * an object that was made or moved there may have taken over a reference from memory that was not read yet. That takes less
     * time each time, in which less comes into use.
     */
    private void read(Marking marking) throws IOException, InterruptedException {
        readers.erase();
        List<Region> before = List.of();
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < MOST_LISTS && bytes > FEW_BYTES; i++) {
            List<Region> now = memory.regions(choices.threadStacks());
            List<Region> unread = Ranges.without(now, before);
            marking.readRoots(unread);
            marking.readGray();
            bytes = i == 0 ? bytes : unread.stream().mapToLong(Region::size).sum();
            before = now;
        }
    }

    /** Of a block that was referenced before this scan, the contents are of no interest until it no longer is. */
    private void spareChanged(BlockIndex index, Marking marking) throws InterruptedException {
        for (int i = 0; i < index.size(); i++) {
            boolean isWhite = marking.isWhite(i);
            if ((isWhite || !index.wasReferenced(i)) && index.lives(i)) {
                boolean hasChanged = hasChanged(index, i);
                if (isWhite && hasChanged) {
                    marking.makeGray(i);
                } else if (isWhite && index.isNewAndBornBy(i, bornBy)) {
                    marking.suspect(i);
                }
            }
        }
    }

    /** Of what cannot be read, which was freed unseen or is protected, it is not known whether it is in use: then so, too. */
    private boolean hasChanged(BlockIndex index, int position) throws InterruptedException {
        long checksum = reading.checksum(index.start(position), index.end(position));
        return checksum == Reading.UNREADABLE || index.changed(position, (int) checksum);
    }

    private List<Block> judge(BlockIndex index, Marking marking, int[] misses) throws InterruptedException {
        reading.checkInterrupted();
        List<Block> reported = new ArrayList<>();
        for (int i = 0; i < index.size(); i++) {
            if (!marking.isWhite(i) && index.wasReferenced(i)) {
                continue; // As the last scan left it.
            }
            boolean miss = marking.isWhite(i) && marking.isSuspect(i) && index.isNewAndBornBy(i, bornBy);
            int inARow = miss ? Math.min(MOST_MISSES, misses[i] + 1) : marking.isWhite(i) ? misses[i] : 0;
            index.judge(i, marking.found(i), inARow);
            Block leak = miss && inARow >= choices.consecutiveScans() ? index.report(i) : null;
            if (leak != null) {
                reported.add(leak);
            }
        }
        reported.sort(Block.OLDEST_FIRST);
        return List.copyOf(reported);
    }
}
