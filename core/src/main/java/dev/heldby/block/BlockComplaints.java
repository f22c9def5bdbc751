// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** What blocks complain of, in sentences. Safe for threads. */
final class BlockComplaints {
    private final Consumer<String> complaints;
    private final AtomicBoolean saidMissedFree = new AtomicBoolean();
    private final AtomicBoolean saidNoRoomForArea = new AtomicBoolean();

    BlockComplaints(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    private static String name(long address, long size) {
        return "0x" + Long.toHexString(address) + " of " + size + " bytes";
    }

    private static String name(Block block) {
        return name(block.address(), block.size());
    }

    void unknown(long address, String consequence) {
        complaints.accept("No block begins at 0x" + Long.toHexString(address) + ", so " + consequence
                + "; give the address that the allocation returned, before it is freed.");
    }

    /** Said once. */
    void missedFree(long address, long size) {
        if (saidMissedFree.compareAndSet(false, true)) {
            complaints.accept(
                    "The block " + name(address, size) + " was allocated anew without having been freed: a free"
                            + " went unseen, and blocks whose frees go unseen are reported as leaks; have the method that frees"
                            + " them call freed(address).");
        }
    }

    void areaTooLarge(Block block, long offset, long size) {
        complaints.accept(
                "The area of " + size + " bytes at offset " + offset + " is larger than the rest of the block "
                        + name(block) + ": it is ignored; give it a size that fits.");
    }

    /** Said once. */
    void noRoomForArea(Block block) {
        if (saidNoRoomForArea.compareAndSet(false, true)) {
            complaints.accept("There is no room for a scan area of the block " + name(block)
                    + ": it is scanned wholly, as all are for whose areas there is no room.");
        }
    }

    void ended(String reason) {
        complaints.accept(
                reason + ": they are no longer recorded, and no leak is found any more; start with more records.");
    }

    void endedByOverlap(Block one, Block other) {
        complaints.accept(
                "The blocks " + name(one) + " and " + name(other) + " overlap, so at least one is not what was"
                        + " recorded: blocks are no longer recorded, and no leak is found any more; record either the parts of a"
                        + " chunk or the chunk.");
    }
}
