// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import dev.heldby.recording.Family;
import dev.heldby.recording.Witness;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * What all handles of one object share. It does not know the object, which each open handle does, so that closed handles
 * keep nothing alive.
 *
 * <p>Threads: {@link #count} is changed atomically, and by full fences, so that the destructor sees what was done through
 * every handle before its put. It never leaves zero again, so that the destructor runs once.
 */
final class Counted<T> {
    /** So far below zero that no put ever brings it back. */
    private static final int FORCED = Integer.MIN_VALUE / 2;

    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(Counted.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Whether any object of this process was destroyed with references left. Only then has an open handle to ask whether
     * it is one of them. Plain: the thread that destroys sees it at once, others as soon as they see anything of it.
     */
    static boolean anyForced;

    /** Null if the handle is unchecked: then there is only one. */
    final Witness witness;

    final Family family;
    private final Consumer<? super T> destructor;
    private volatile int count = 1;
    /** The stack that destroyed the object with references left, or 0. */
    private int forcedAt;

    Counted(Class<?> type, Consumer<? super T> destructor, Witness witness) {
        this.witness = witness;
        this.destructor = destructor;
        family = witness == null ? null : new Family(type);
    }

    /** Takes a reference; false if none is left. */
    boolean get() {
        int now = count;
        while (now > 0 && !COUNT.compareAndSet(this, now, now + 1)) {
            now = count;
        }
        return now > 0;
    }

    /** Gives a reference back, and destroys the object if it was the last one. */
    void put(T target) {
        if ((int) COUNT.getAndAdd(this, -1) == 1) {
            destructor.accept(target);
        }
    }

    /** Leaves no reference; returns how many there were, which is none for all but the first who asks. */
    int force() {
        return Math.max(0, (int) COUNT.getAndSet(this, FORCED));
    }

    void destroyedWithReferencesLeft(int stack) {
        forcedAt = stack;
        anyForced = true;
    }

    void destroy(T target) {
        destructor.accept(target);
    }

    int count() {
        return Math.max(0, count);
    }

    boolean isForced() {
        return count < FORCED / 2;
    }

    int forcedAt() {
        return forcedAt;
    }
}
