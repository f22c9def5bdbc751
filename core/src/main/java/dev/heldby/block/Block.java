// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import java.util.Comparator;

/**
 * What was known of a block at one moment. Unchangeable.
 *
 * <p>No record, since it keeps the address only complemented: whoever holds one of these must not hold the block by it.
 */
public final class Block {
    /** The order in which they were allocated. */
    public static final Comparator<Block> OLDEST_FIRST =
            (one, other) -> BlockRecords.compareBirths(one.birth, other.birth);

    private final long complementedAddress;
    private final long size;
    private final int needed;
    private final int found;
    private final int misses;
    private final int checksum;
    private final int flags;
    private final int stack;
    private final int thread;
    private final int rule;
    private final long bornMillis;
    final long birth;

    Block(BlockRecords records, int slot) {
        this.complementedAddress = ~records.address(slot);
        this.size = records.size(slot);
        this.needed = records.needed(slot);
        this.found = records.found(slot);
        this.misses = records.misses(slot);
        this.checksum = records.checksum(slot);
        this.flags = records.flags(slot);
        this.stack = records.stack(slot);
        this.thread = records.thread(slot);
        this.rule = records.rule(slot);
        this.birth = records.birth(slot);
        this.bornMillis = BlockRecords.bornMillis(birth);
    }

    public long address() {
        return ~complementedAddress;
    }

    public long size() {
        return size;
    }

    /** How many references it needs in order not to be a leak; 0 for a root, -1 for one that is ignored. */
    public int needed() {
        return needed;
    }

    /** How many references the last scan that ended found, and none after the first so many as it needs. */
    public int found() {
        return found;
    }

    /** In how many scans in a row too few references to it were found. */
    public int misses() {
        return misses;
    }

    /** CRC-32 of its contents when a scan last found too few references; all ones before. */
    public int checksum() {
        return checksum;
    }

    /** Whether a scan reported it once. */
    public boolean isReported() {
        return (flags & BlockRecords.REPORTED) != 0;
    }

    /** Whether its contents are left out of a scan. */
    public boolean isNotScanned() {
        return (flags & BlockRecords.NO_SCAN) != 0;
    }

    /** Whether too few references to it are known. */
    public boolean isUnreferenced() {
        return found < needed;
    }

    /** The handle of the stack that allocated it, 0 if that was not recorded. */
    public int stack() {
        return stack;
    }

    /** The number of the thread that allocated it. */
    public int thread() {
        return thread;
    }

    /** The number of the rule that it came by. */
    public int rule() {
        return rule;
    }

    /** When it was allocated, in milliseconds since its {@link Blocks} were made. */
    public long bornMillis() {
        return bornMillis;
    }
}
