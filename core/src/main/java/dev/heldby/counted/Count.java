// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * How many references to one object there are. It begins with 1, that of the expression which makes the object, and never
 * leaves zero again: a destroyed object has a count far below it.
 *
 * <p>Any thread may call. Each operation is one atomic addition; {@link #tryTake} is a loop of compare-and-set.
 */
public final class Count {
    /** So far below zero that no retain ever brings it back. */
    private static final int DESTROYED = Integer.MIN_VALUE / 2;

    private static final VarHandle REFERENCES;
    private static final VarHandle LENT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            REFERENCES = lookup.findVarHandle(Count.class, "references", int.class);
            LENT = lookup.findVarHandle(Count.class, "lent", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int references = 1;

    /** Whether code that is not woven may keep it for ever. */
    private volatile boolean lent;

    /** Whether its constructor failed, so that there is nothing to destroy but what its fields hold. */
    boolean unborn;

    /** Whether the object has a count of its own, and is to be told of each reference. */
    boolean isOwn;

    /** The place of the expression that made it; empty if that is not woven. */
    String bornAt = "";

    /** What the recorder knows the object by, or null. */
    @Nullable
    Object life;

    /** The thread that runs its destructor, until that is done. */
    @Nullable
    Thread destroyer;

    /** The stack at which it was destroyed, or 0. */
    int destroyedAt;

    /** Takes a reference beside one that is known to be there; false if the object is destroyed already. */
    boolean take() {
        return (int) REFERENCES.getAndAdd(this, 1) > 0;
    }

    /** Takes a reference if any is left. */
    boolean tryTake() {
        int now = references;
        while (now > 0 && !REFERENCES.compareAndSet(this, now, now + 1)) {
            now = references;
        }
        return now > 0;
    }

    /** Gives a reference back; true for the last one, after which the object is destroyed. */
    boolean give() {
        if ((int) REFERENCES.getAndAdd(this, -1) != 1) {
            return false;
        }
        references = DESTROYED;
        return true;
    }

    /** Destroys the object whatever references there are; returns how many, or 0 if it is destroyed already. */
    int force() {
        int now = references;
        while (now > 0 && !REFERENCES.compareAndSet(this, now, DESTROYED + now)) {
            now = references;
        }
        return Math.max(0, now);
    }

    /** A reference for whoever may keep it unseen, taken once. */
    boolean lend() {
        return !lent && LENT.compareAndSet(this, false, true) && tryTake();
    }

    boolean isLent() {
        return lent;
    }

    boolean isDestroyed() {
        return references <= 0;
    }

    /** How many references there are. */
    int references() {
        return Math.max(0, references);
    }
}
