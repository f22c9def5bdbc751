// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import dev.heldby.depot.StackCapture;
import dev.heldby.recording.Scope;
import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Op;

/**
 * One reference to a resource, from its taking to its release. The kernel's {@code struct ref_tracker}.
 *
 * <p>Whoever takes a reference keeps its tracker and releases it, once, on any thread. After that the tracker remembers both
 * stacks for as long as it is kept, so that a second release can be answered. It keeps neither its directory nor the resource
 * from being collected.
 *
 * <p>Threads: all but what is final is guarded by its stripe's lock.
 */
public final class Tracker {
    /** What a directory that is switched off gives out; releasing it does nothing. */
    static final Tracker NONE = new Tracker(null, null);

    enum State {
        HELD,
        /** Held, and observed as such already. */
        TOLD,
        RELEASED,
        /** Its directory was collected; the recorder watches it by itself. */
        ADOPTED
    }

    final Stripe stripe;
    final Object holder;
    Tracker newer;
    Tracker older;
    State state = State.HELD;

    Scope scope;
    private int takenStack;
    private int releasedStack;
    private char takenBy;
    private char releasedBy;
    private long takenMicros;
    private long releasedMicros;

    /** @param holder who holds it, for reports; or null */
    Tracker(Stripe stripe, Object holder) {
        this.stripe = stripe;
        this.holder = holder;
    }

    void takenAt(int stack, int thread, long micros) {
        takenStack = stack;
        takenBy = (char) thread;
        takenMicros = micros;
    }

    void releasedAt(int stack, int thread, long micros) {
        releasedStack = stack;
        releasedBy = (char) thread;
        releasedMicros = micros;
    }

    int takenStack() {
        return takenStack;
    }

    int releasedStack() {
        return releasedStack;
    }

    int takenBy() {
        return takenBy;
    }

    int releasedBy() {
        return releasedBy;
    }

    long takenMicros() {
        return takenMicros;
    }

    /**
     * Gives the reference back.
     *
     * @return {@link Release#RELEASED}, {@link Release#UNTRACKED} or {@link Release#ALREADY_RELEASED}
     */
    public Release release() {
        if (stripe == null) {
            return Release.RELEASED;
        }
        StackCapture capture = null;
        try {
            capture = takenStack == 0 ? null : new StackCapture();
        } catch (OutOfMemoryError e) {
            // It is given back all the same.
        }
        return Releasing.release(this, capture);
    }

    /** Whether it is held. False for one that stands for references without a tracker. */
    public boolean isHeld() {
        if (stripe == null) {
            return false;
        }
        return !isReleased() && this != stripe.account.untracked;
    }

    /** Allocates nothing, since it may be asked when there is no memory. */
    private boolean isReleased() {
        stripe.lock();
        try {
            return state == State.RELEASED;
        } finally {
            stripe.unlock();
        }
    }

    /** Its events so far; null where no stack was recorded. For who has the stripe's lock. */
    Trail trail() {
        if (takenStack == 0) {
            return null;
        }
        Trail trail = new Trail();
        trail.add(Op.BORN, 1, takenStack, false, takenBy, takenMicros);
        if (state == State.RELEASED) {
            trail.add(Op.PUT, 0, releasedStack, false, releasedBy, releasedMicros);
        }
        return trail;
    }

    /** Its stacks and threads, each after a heading. */
    String story(Witness witness) {
        String taken = "taken" + where(witness, takenBy, takenStack);
        return isReleased() ? taken + "released" + where(witness, releasedBy, releasedStack) : taken;
    }

    private static String where(Witness witness, int thread, int stack) {
        return stack == 0
                ? ", stack not recorded; level full records it\n"
                : " by thread \"" + witness.threadName(thread) + "\" at\n" + witness.lines(stack);
    }

    @Override
    public String toString() {
        return stripe == null ? "reference, not tracked" : "reference to " + stripe.account.label();
    }
}
