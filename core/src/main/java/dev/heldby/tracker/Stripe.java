// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import java.util.function.Consumer;

/**
 * Some of the held references of a directory, newest first: a list through the trackers themselves, guarded by this
 * object's monitor.
 */
final class Stripe {
    final Account account;
    private Tracker newest;
    private int held;
    private long begun;
    /** Written under the monitor, so that who adds after it knows. */
    private volatile boolean closed;

    Stripe(Account account) {
        this.account = account;
    }

    /** Puts it at the head; false if the directory was closed by then. */
    synchronized boolean add(Tracker tracker) {
        tracker.older = newest;
        if (newest != null) {
            newest.newer = tracker;
        }
        newest = tracker;
        held++;
        begun++;
        return !closed;
    }

    /** The state that the tracker was in. */
    synchronized Tracker.State release(Tracker tracker, int stack, int thread, long micros) {
        Tracker.State before = tracker.state;
        if (before != Tracker.State.RELEASED) {
            tracker.state = Tracker.State.RELEASED;
            tracker.releasedAt(stack, thread, micros);
        }
        if (before == Tracker.State.HELD || before == Tracker.State.TOLD) {
            unlink(tracker);
        }
        return before;
    }

    private void unlink(Tracker tracker) {
        if (tracker.newer == null) {
            newest = tracker.older;
        } else {
            tracker.newer.older = tracker.older;
        }
        if (tracker.older != null) {
            tracker.older.newer = tracker.newer;
        }
        tracker.newer = null;
        tracker.older = null;
        held--;
    }

    synchronized void forEach(Consumer<Tracker> visitor) {
        for (Tracker tracker = newest; tracker != null; tracker = tracker.older) {
            visitor.accept(tracker);
        }
    }

    synchronized int held() {
        return held;
    }

    synchronized long begun() {
        return begun;
    }

    /**
     * From now on a reference that is taken or released here comes too late.
     *
     * @param held receives those that were held at that moment
     */
    synchronized void close(Consumer<Tracker> held) {
        closed = true;
        forEach(held);
    }

    boolean isClosed() {
        return closed;
    }

    /** Empties the list; the trackers that were on it are in that state from now on. */
    synchronized void handOver(Consumer<Tracker> to) {
        for (Tracker tracker = newest; tracker != null; ) {
            Tracker next = tracker.older;
            tracker.state = Tracker.State.ADOPTED;
            tracker.newer = null;
            tracker.older = null;
            to.accept(tracker);
            tracker = next;
        }
        newest = null;
        held = 0;
    }
}
