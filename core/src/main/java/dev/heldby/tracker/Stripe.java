// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import dev.heldby.lock.SpinLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Some of the held references of a directory, newest first: a list through the trackers themselves, guarded by this
 * object as a lock.
 */
final class Stripe extends SpinLock {
    final Account account;
    private Tracker newest;
    private int held;
    private long begun;
    /** Written under the lock, so that who adds after it knows. */
    private volatile boolean closed;

    Stripe(Account account) {
        this.account = account;
    }

    /** Puts it at the head; false if the directory was closed by then. */
    boolean add(Tracker tracker) {
        lock();
        try {
            tracker.older = newest;
            if (newest != null) {
                newest.newer = tracker;
            }
            newest = tracker;
            held++;
            begun++;
            return !closed;
        } finally {
            unlock();
        }
    }

    /** The state that the tracker was in. */
    Tracker.State release(Tracker tracker, int stack, int thread, long micros) {
        lock();
        try {
            Tracker.State before = tracker.state;
            if (before != Tracker.State.RELEASED) {
                tracker.state = Tracker.State.RELEASED;
                tracker.releasedAt(stack, thread, micros);
            }
            if (before == Tracker.State.HELD || before == Tracker.State.TOLD) {
                unlink(tracker);
            }
            return before;
        } finally {
            unlock();
        }
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

    /** What that comes to while nobody takes or releases here. It must not ask for this again. */
    <T> T locked(Supplier<T> read) {
        lock();
        try {
            return read.get();
        } finally {
            unlock();
        }
    }

    /** Under the lock; the visitor must not take it. */
    void forEach(Consumer<Tracker> visitor) {
        lock();
        try {
            visit(visitor);
        } finally {
            unlock();
        }
    }

    private void visit(Consumer<Tracker> visitor) {
        for (Tracker tracker = newest; tracker != null; tracker = tracker.older) {
            visitor.accept(tracker);
        }
    }

    int held() {
        return locked(() -> held);
    }

    long begun() {
        return locked(() -> begun);
    }

    /**
     * From now on a reference that is taken or released here comes too late.
     *
     * @param held receives those that were held at that moment
     */
    void close(Consumer<Tracker> held) {
        lock();
        try {
            closed = true;
            visit(held);
        } finally {
            unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Empties the list: each tracker on it is somebody else's from now on.
     *
     * @param to takes it over, under the lock, so that no release comes in between
     */
    void handOver(Consumer<Tracker> to) {
        lock();
        try {
            while (newest != null) {
                Tracker tracker = newest;
                unlink(tracker);
                tracker.state = Tracker.State.ADOPTED;
                to.accept(tracker);
            }
        } finally {
            unlock();
        }
    }
}
