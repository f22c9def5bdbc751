// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import dev.heldby.recording.LibraryLevel;
import dev.heldby.snapshot.Op;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Lock;

/**
 * A count of references that never wraps and never comes back from zero: what would is told of and sets the count to
 * {@link #SATURATED}, where it stays, so that its object is leaked instead of being freed while in use. The kernel's
 * counterpart is {@code refcount_t}.
 *
 * <p>A count is good from 0 to {@link #MAX}. Any negative one is bad, and {@link #SATURATED} lies so far from both
 * ends of the bad half that racing operations cannot leave it before one of them saturates the count anew.
 *
 * <p>Any thread may call. An operation is one atomic instruction, or a loop of compare-and-set where it depends on the
 * count. Saturating is a second store: a racing reader may see another bad count for a moment. Nothing is allocated
 * and no lock taken but the one that is passed.
 *
 * <p>Misuse is complained of once of each kind in a process, with the stack of the call, and it is observed whenever a
 * count turns bad. It is no exception. Counting, saturating and complaining need no switch: they go on at every level,
 * also when the library is off. Only observations end with the level.
 *
 * <p>A negative argument to an operation is an {@link IllegalArgumentException}.
 */
public final class SaturatingCount {
    /** The largest count. */
    public static final int MAX = Integer.MAX_VALUE;

    /** What a count is set to that was misused: the middle of the negative half. */
    public static final int SATURATED = 0xc0000000;

    /*
     * As in lib/refcount.c. Whoever takes a reference has one already, or looks the object up under a lock, so an
     * increment need not order anything. Whoever gives one back must have done with the object, which takes release
     * order; whoever gives the last one back must see what all others did, which takes acquire order on reaching zero.
     * VarHandle has no addition without order, so that add() uses the acquiring one; no caller may rely on that.
     */
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(SaturatingCount.class, "value", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String name;
    /** Null where the library is off: then nothing of it is started before the first misuse. */
    private final Misuses misuses;

    /* Any thread reads and writes it, through the handle only but for its first value. */
    @SuppressWarnings("UnusedVariable")
    private int value;

    /** Any initial count will do, as with {@link #set}; 1 for whoever makes the object. */
    public SaturatingCount(int initial) {
        this(SaturatingCount.class.getName(), initial);
    }

    /** @param name what to report misuse under, such as the class of what is counted */
    public SaturatingCount(String name, int initial) {
        this(name, initial, LibraryLevel.OFF ? null : Misuses.OF_PROCESS);
    }

    SaturatingCount(String name, int initial, Misuses misuses) {
        this.name = name;
        this.misuses = misuses;
        value = initial;
    }

    /** Stores without a check. No order. */
    public void set(int count) {
        VALUE.setOpaque(this, count);
    }

    /** Stores without a check. Release order, so that an object can be initialized again and then found. */
    public void setRelease(int count) {
        VALUE.setRelease(this, count);
    }

    /** The present count; a bad one need not be {@link #SATURATED} yet. No order. */
    public int get() {
        return (int) VALUE.getOpaque(this);
    }

    /** As {@link #add}, of one. No order. */
    public void increment() {
        add(1);
    }

    /** Adds. Misuse on zero, and where the count is bad or would overflow. No order. */
    public void add(int references) {
        requireNotNegative(references);
        int old = (int) VALUE.getAndAddAcquire(this, references);
        if (old == 0) {
            saturate(Misuse.ADD_ON_ZERO, Op.GET, old);
        } else if (old < 0 || old + references < 0) {
            saturate(Misuse.ADD_OVERFLOW, Op.GET, old);
        }
    }

    /** As {@link #addUnlessZero}, of one. No order. */
    public boolean incrementUnlessZero() {
        return addUnlessZero(1);
    }

    /** As {@link #addUnlessZeroAcquire}, of one. Acquire order on success. */
    public boolean incrementUnlessZeroAcquire() {
        return addUnlessZeroAcquire(1);
    }

    /**
     * Adds if the count is not zero. Misuse where it is bad or would overflow. No order: what is found must not be
     * reused as another object, or else {@link #addUnlessZeroAcquire} is needed.
     *
     * @return whether it was not zero; true also for misuse
     */
    public boolean addUnlessZero(int references) {
        requireNotNegative(references);
        int old = get();
        while (old != 0 && !VALUE.weakCompareAndSetPlain(this, old, old + references)) {
            old = get();
        }
        return tookUnlessZero(old, references);
    }

    /** As {@link #addUnlessZero}. Acquire order on success, for memory that is used again for objects of the type. */
    public boolean addUnlessZeroAcquire(int references) {
        requireNotNegative(references);
        int old = get();
        while (old != 0 && !VALUE.weakCompareAndSetAcquire(this, old, old + references)) {
            old = get();
        }
        return tookUnlessZero(old, references);
    }

    /** As {@link #addUnlessZeroLimitedAcquire}, of one. Acquire order on success. */
    public boolean incrementUnlessZeroLimitedAcquire(int limit) {
        return addUnlessZeroLimitedAcquire(1, limit);
    }

    /**
     * As {@link #addUnlessZeroAcquire}, but also refuses, without a change, to make the count greater than the limit.
     * Acquire order on success.
     */
    public boolean addUnlessZeroLimitedAcquire(int references, int limit) {
        requireNotNegative(references);
        int old = get();
        do {
            if (references > (long) limit - old) {
                return false;
            }
            if (old == 0 || VALUE.weakCompareAndSetAcquire(this, old, old + references)) {
                return tookUnlessZero(old, references);
            }
            old = get();
        } while (true);
    }

    private boolean tookUnlessZero(int old, int references) {
        if (old < 0 || old + references < 0) {
            saturate(Misuse.ADD_UNLESS_ZERO_OVERFLOW, Op.GET, old);
        }
        return old != 0;
    }

    /** Subtracts one that is not the last. Misuse if it is: nobody would free the object. Release order. */
    public void decrement() {
        int old = (int) VALUE.getAndAddRelease(this, -1);
        if (old <= 1) {
            saturate(Misuse.DECREMENT_TO_ZERO, Op.PUT, old);
        }
    }

    /** As {@link #subtractAndTest}, of one. Release order, and acquire order on reaching zero. */
    public boolean decrementAndTest() {
        return subtractAndTest(1);
    }

    /**
     * Subtracts. Misuse where there are not so many, even of none from zero. Release order, and acquire order on
     * reaching zero.
     *
     * @return whether zero was reached, so that the caller frees the object
     */
    public boolean subtractAndTest(int references) {
        requireNotNegative(references);
        int old = (int) VALUE.getAndAddRelease(this, -references);
        if (old > 0 && old == references) {
            VarHandle.acquireFence();
            return true;
        }
        if (old <= 0 || old < references) {
            saturate(Misuse.UNDERFLOW, Op.PUT, old);
        }
        return false;
    }

    /** Makes one zero, and is false without a change for any other count. No misuse. Release order on success. */
    public boolean decrementIfOne() {
        return (int) VALUE.compareAndExchangeRelease(this, 1, 0) == 1;
    }

    /**
     * Subtracts one that is not the last. On zero that is misuse, though nothing changes; a saturated count stays.
     * Release order on success.
     *
     * @return false, without a change, only where the count is one
     */
    public boolean decrementUnlessOne() {
        int old = get();
        while (old != 1 && old != SATURATED) {
            if (old == 0) {
                tell(Misuse.UNDERFLOW, Op.PUT, 0, false);
                return true;
            }
            if (VALUE.weakCompareAndSetRelease(this, old, old - 1)) {
                return true;
            }
            old = get();
        }
        return old != 1;
    }

    /**
     * Subtracts one, the last one under the lock, so that nobody who holds it finds the object at zero. The lock is not
     * touched while there are others. Release order, and acquire order on reaching zero.
     *
     * @return whether zero was reached: only then the lock is held
     */
    public boolean decrementAndLock(Lock lock) {
        if (decrementUnlessOne()) {
            return false;
        }
        lock.lock();
        boolean isLast = false;
        try {
            isLast = decrementAndTest();
            return isLast;
        } finally {
            if (!isLast) {
                lock.unlock();
            }
        }
    }

    private void saturate(Misuse misuse, Op op, int old) {
        set(SATURATED);
        tell(misuse, op, SATURATED, old >= 0);
    }

    private void tell(Misuse misuse, Op op, int after, boolean turnedBad) {
        Misuses told = misuses == null ? Misuses.OF_PROCESS : misuses;
        told.tell(misuse, name, op, after, turnedBad);
    }

    private static void requireNotNegative(int references) {
        if (references < 0) {
            throw new IllegalArgumentException(
                    "The number of references is " + references + ", but it must not be negative.");
        }
    }

    /** Such as {@code Session: 2}. */
    @Override
    public String toString() {
        return name + ": " + get();
    }
}
