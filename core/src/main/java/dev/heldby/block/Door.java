// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

/**
 * Where reports of blocks come in, and where they go to as long as the door is open.
 *
 * <p>Any thread may report. Nothing is thrown at the program: a report that fails is {@link #missed}. An allocation within
 * the report of another one, of the same thread, is HeldBy's own and is not passed on; its free will be that of an unknown
 * block. Takes no lock. {@code open} and {@code missed} are volatile; a report that began before the door was shut may
 * come after.
 */
public final class Door {
    private final ThreadLocal<boolean[]> inside = ThreadLocal.withInitial(() -> new boolean[1]);
    private volatile BlockEvents open;
    private volatile boolean missed;

    Door() {}

    /** Reports go there from now on. The probes are to be in place before, or a free could be missed. */
    public void open(BlockEvents events) {
        open = events;
    }

    /** Reports go nowhere; frees are missed from now on, so that what was recorded is to be forgotten. */
    public void shut() {
        open = null;
    }

    /** Whether a report was lost, as the stack or the heap was full: a block that is gone may still be on record. */
    public boolean missed() {
        return missed;
    }

    void allocated(long address, long size) {
        BlockEvents events = open;
        if (events == null || address == 0) {
            return;
        }
        try {
            pass(events, address, size);
        } catch (Throwable e) {
            missed = true; // No call: there may be no stack left for one.
        }
    }

    private void pass(BlockEvents events, long address, long size) {
        boolean[] flag = inside.get();
        if (flag[0]) {
            return;
        }
        flag[0] = true;
        try {
            events.allocated(address, size);
        } finally {
            flag[0] = false;
        }
    }

    long freed(long address) {
        BlockEvents events = open;
        if (events == null || address == 0) {
            return BlockEvents.UNKNOWN;
        }
        try {
            return events.freed(address);
        } catch (Throwable e) {
            missed = true;
            return BlockEvents.UNKNOWN;
        }
    }

    void unfreed(long address, long size) {
        if (size != BlockEvents.UNKNOWN) {
            allocated(address, size);
        }
    }
}
