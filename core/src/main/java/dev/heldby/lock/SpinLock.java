// SPDX-License-Identifier: Apache-2.0
package dev.heldby.lock;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for a few instructions at a time: one compare-and-set to take it and one store to give it back, half of what a monitor
 * costs. Not reentrant. Who has to wait long, because a long list is read or its holder was suspended, sleeps in between.
 */
public abstract class SpinLock extends Apart {
    private static final int SPINS = 64;
    private static final int YIELDS = 64;
    private static final long SLEEP_NANOS = 50_000;
    private static final VarHandle TAKEN;

    static {
        try {
            TAKEN = MethodHandles.lookup().findVarHandle(SpinLock.class, "taken", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Read and written through its handle. */
    @SuppressWarnings("UnusedVariable")
    private boolean taken;

    /* Giving way is all that a thread can do while the holder of so short a lock does not run. */
    @SuppressWarnings("ThreadPriorityCheck")
    public final void lock() {
        for (int tries = 0; !TAKEN.compareAndSet(this, false, true); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else if (tries < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(SLEEP_NANOS);
            }
        }
    }

    public final void unlock() {
        TAKEN.setRelease(this, false);
    }
}
