// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * One distinct stack.
 *
 * <p>Any thread may read it. Its {@link StackDepot} owns it, and lets go of it at its last put, if it is only counted;
 * who still has it then may go on reading. Immutable but for the count and for the slot that its user may hang something
 * on. The kernel counterpart is {@code struct stack_record}.
 */
public final class StackRecord {
    /** A count of 0 saves that will be put, and one that never will. */
    static final int PERMANENT = Integer.MIN_VALUE;

    private static final VarHandle COUNT;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(StackRecord.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final long high;
    final long low;
    final int handle;
    /** Written under the depot's lock; volatile for those who look for a record without it. */
    volatile StackRecord next;

    private final List<StackTraceElement> frames;
    private volatile Object attachment;

    /*
     * The counted saves not put yet, and the bit PERMANENT; 0 is a reclaimed record, which never comes back.
     * Any thread may change one count above zero to another, by compare-and-set. To 0, and to permanent, it is changed
     * under the depot's lock only, so that a record found under the lock is not reclaimed meanwhile. One save too many
     * for the number makes the record permanent: a leak, as with the kernel's refcount_t, rather than a use after free.
     */
    private volatile int count;

    StackRecord(Fingerprinter.Fingerprint fingerprint, int handle, List<StackTraceElement> frames, int count) {
        this.high = fingerprint.high;
        this.low = fingerprint.low;
        this.handle = handle;
        this.frames = frames;
        this.count = count;
    }

    /** A record of no stack, which is in no depot. */
    static StackRecord ofNoStack() {
        return new StackRecord(new Fingerprinter.Fingerprint(), 0, List.of(), 0);
    }

    /** What names it in its depot, without extra bits; 0 if it is the record of no stack. */
    public int handle() {
        return handle;
    }

    /** Innermost first, without our own frames. */
    public List<StackTraceElement> frames() {
        return frames;
    }

    /** Whether it stays for good. */
    boolean isPermanent() {
        return count < 0;
    }

    /** The counted saves not put yet. */
    int count() {
        return count & ~PERMANENT;
    }

    /** Counts a save, or returns false: it is reclaimed. */
    boolean increment() {
        int seen = count;
        while (seen != 0 && seen != -1 && !COUNT.compareAndSet(this, seen, seen + 1)) {
            seen = count;
        }
        return seen != 0;
    }

    /** Takes a save off that is not the last thing to keep the record, or returns false. */
    boolean decrementUnlessLast() {
        int seen = count;
        while (seen != 0 && seen != 1 && seen != PERMANENT) {
            if (COUNT.compareAndSet(this, seen, seen - 1)) {
                return true;
            }
            seen = count;
        }
        return false;
    }

    /** Reclaims it if one save is all that keeps it. Under the depot's lock. */
    boolean decrementLast() {
        return COUNT.compareAndSet(this, 1, 0);
    }

    /** Under the depot's lock; the record must not be reclaimed. Returns false if it was so already. */
    boolean makePermanent() {
        return (int) COUNT.getAndBitwiseOr(this, PERMANENT) >= 0;
    }

    /** What was attached, or null. */
    public Object attachment() {
        return attachment;
    }

    /** Hangs the depot's user's own record on this stack, so that it needs no second look-up; the first one stays. */
    public synchronized Object attachIfAbsent(Object value) {
        if (attachment == null) {
            attachment = value;
        }
        return attachment;
    }
}
