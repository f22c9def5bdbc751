// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import dev.heldby.Level;
import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Where counts tell of misuse: the kernel's {@code refcount_warn_saturate}.
 *
 * <p>Any thread may call. A complaint comes once of each {@link Misuse}, at every level. An observation comes with it,
 * and each time that a count turns bad, unless the level is off. Any other misuse costs one read.
 */
final class Misuses {
    static final Misuses OF_PROCESS = new Misuses(Witness.ofProcess("count"));

    private final Witness witness;
    /* A 1 for each kind that was complained of; only ever set, and by one thread. */
    private final AtomicIntegerArray told = new AtomicIntegerArray(Misuse.values().length);

    Misuses(Witness witness) {
        this.witness = witness;
    }

    /**
     * @param op what was tried
     * @param after the count that it left
     * @param turnedBad whether the count was good before and is not now
     */
    void tell(Misuse misuse, String name, Op op, int after, boolean turnedBad) {
        boolean isFirst = told.get(misuse.ordinal()) == 0 && told.compareAndSet(misuse.ordinal(), 0, 1);
        if (isFirst || turnedBad) {
            int stack = witness.stack();
            observe(misuse, name, op, after, stack);
            if (isFirst) {
                witness.complainOnce(misuse.kind(), name, misuse.message + ".\n" + witness.lines(stack));
            }
        }
    }

    private void observe(Misuse misuse, String name, Op op, int after, int stack) {
        if (witness.level() != Level.OFF) {
            Trail trail = new Trail();
            trail.add(op, after, stack, false, witness.thread(), witness.micros());
            witness.observe(Observation.State.MISUSE, witness.subject(name, witness.scope(), trail, misuse.message), 1);
        }
    }
}
