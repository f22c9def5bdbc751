// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Op;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.function.Consumer;

/**
 * All that is known of one counted object, from birth to death; a recycled object starts it anew.
 *
 * <p>A phantom reference, so that a finalizer or a cleaner of the program's own still gets its turn before the object is
 * called leaked. It hangs on the object itself where the weaver could add a field, else in an {@link IdentityMap}, and
 * while it lives in the {@link LiveSet}, which keeps it from being collected before its object.
 *
 * <p>Threads: {@link #count} is atomic, since gets and puts race by nature. The trail and
 * the change of {@link #state} from live to another one are guarded by this lifecycle's monitor, which is only contended
 * when two threads use one object at one time; a life without a trail begins and ends without it, since its object sees
 * to it that it does so once. The link
 * belongs to the map and is guarded by its locks.
 */
final class Lifecycle extends PhantomReference<Object> implements Holding {

    enum State {
        LIVE,
        DEAD,
        /** Its rule was switched off while it lived: what became of it is unknown. */
        ABANDONED,
        /** Not to be judged, on the word of a rule or because it was reported already. */
        EXCUSED
    }

    private static final VarHandle COUNT;
    private static final VarHandle STATE;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(Lifecycle.class, "count", int.class);
            STATE = MethodHandles.lookup().findVarHandle(Lifecycle.class, "state", State.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final CountedKind kind;
    private final String typeName;

    private volatile int count;
    volatile State state = State.LIVE;
    /** Null unless traced. */
    Trail trail;
    /** Null unless traced with a stack at birth. */
    BirthPlace birthPlace;
    /** Whether the trail counts towards the limit of all trails. */
    boolean trailCounted;

    long bornMicros;
    long bytes;
    /** Whether the object is used again after its end, and so stays in the live set. */
    boolean recycled;

    Scope scope;
    /** Null but for references to an object that has several; set once, right after birth. */
    Family family;

    /** Where it is in the live set; null if it is not. */
    volatile Ledger ledger;

    int slot;
    Lifecycle nextInBucket;
    int identityHash;

    Lifecycle(Object object, CountedKind kind, ReferenceQueue<Object> collected) {
        this(object, kind, kind.shownAs(object.getClass()), collected);
    }

    private Lifecycle(Object object, CountedKind kind, String typeName, ReferenceQueue<Object> collected) {
        super(object, collected);
        this.kind = kind;
        this.typeName = typeName;
    }

    /** One that was followed by other means so far, with one reference left. */
    Lifecycle(Object object, CountedKind kind, Subject subject, ReferenceQueue<Object> collected) {
        this(object, kind, subject.type(), collected);
        trail = subject.trail();
        scope = subject.scope();
        bornMicros = trail == null ? 0 : trail.micros(0);
        start();
    }

    int count() {
        return count;
    }

    /** The stack of the last put on that thread; 0 if none is known. */
    synchronized int lastPut(ThreadState thread) {
        return trail == null ? 0 : trail.lastStack(Op.PUT, thread.name);
    }

    /** Whether that thread has taken a reference since it last put one with that stack. */
    synchronized boolean isTakenSince(int put, ThreadState thread) {
        return trail != null && trail.isTakenSince(put, thread.name);
    }

    /** Before its object can be known to another thread, so without a fence. */
    void start() {
        COUNT.set(this, 1);
        STATE.setRelease(this, State.LIVE);
    }

    /** Ends a life that has no trail. */
    void end() {
        COUNT.set(this, 0);
        STATE.setRelease(this, State.DEAD);
    }

    /** Adds and returns the references left. */
    int addToCount(int references) {
        return (int) COUNT.getAndAdd(this, references) + references;
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public long bornMicros() {
        return bornMicros;
    }

    @Override
    public boolean isHeld() {
        return state == State.LIVE && count > 0;
    }

    @Override
    public synchronized void surrender(Consumer<Subject> to) {
        if (isHeld()) {
            to.accept(subject(scope, trail));
            state = State.EXCUSED;
        }
    }

    Subject subject(Scope inScope, Trail withTrail) {
        String shown = family == null ? typeName : kind.shownAs(family.type());
        return new Subject(kind.rule(), shown, inScope, withTrail, bytes, withTrail == null ? "" : withTrail.leftBy());
    }
}
