// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

/**
 * Where reports of blocks come in, and where they go to as long as the door is open.
 *
 * <p>Any thread may report. Nothing is thrown at the program: that a report failed is remembered, and told before the next
 * allocation. An allocation within the report of another one, of the same thread, is HeldBy's own and is not passed on; its
 * free will be that of an unknown block. Takes no lock. All fields are volatile and each is one fact of its own; a report
 * that began before the door was shut may come after, and that one was missed may be told by several threads.
 */
public final class Door {
    private final ThreadLocal<boolean[]> inside = ThreadLocal.withInitial(() -> new boolean[1]);
    private volatile BlockEvents open;
    private volatile boolean missed;
    private volatile boolean told;

    Door() {}

    /** Reports go there from now on. The probes are to be in place before, or a free could be missed. */
    public void open(BlockEvents events) {
        told = false;
        open = events;
    }

    /** Reports go nowhere; frees are missed from now on, so that what was recorded is to be forgotten. */
    public void shut() {
        open = null;
    }

    /** Whether a report ever failed, as the stack or the heap was full. */
    public boolean missed() {
        return missed;
    }

    void allocated(long address, long size, int rule) {
        BlockEvents events = open;
        if (events == null || address == 0) {
            return;
        }
        try {
            pass(events, address, size, rule);
        } catch (Throwable e) {
            missed = true; // No call: there may be no stack left for one.
        }
    }

    private void pass(BlockEvents events, long address, long size, int rule) {
        boolean[] flag = inside.get();
        if (flag[0]) {
            return;
        }
        flag[0] = true;
        try {
            if (missed && !told) {
                events.missed();
                told = true;
            }
            events.allocated(address, size, rule);
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

    void unfreed(long address, long size, int rule) {
        if (size != BlockEvents.UNKNOWN) {
            allocated(address, size, rule);
        }
    }
}
