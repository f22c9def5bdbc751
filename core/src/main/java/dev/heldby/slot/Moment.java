// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import dev.heldby.Level;
import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Op;

/**
 * Who did something, and when.
 *
 * @param thread its number
 * @param stack its handle, or 0 where none was recorded
 * @param micros since the recorder began
 */
record Moment(int thread, int stack, long micros) {
    static final Moment UNKNOWN = new Moment(0, 0, 0);

    /** This one. Captures a stack if that level says so, hence not for use under a lock. */
    static Moment now(Witness witness, Level level) {
        return new Moment(witness.thread(), witness.stack(level), witness.micros(level));
    }

    /** This one, of something wrong: with a stack at any level. */
    static Moment ofError(Witness witness) {
        return new Moment(witness.thread(), witness.stack(), witness.micros());
    }

    void addTo(Trail trail, Op op, int count) {
        trail.add(op, count, stack, false, thread, micros);
    }

    /** The thread and the stack, for after a verb. */
    String told(Witness witness) {
        String by = " by thread \"" + witness.threadName(thread) + "\"";
        return stack == 0 ? by + ", stack not recorded; level full records it\n" : by + " at:\n" + witness.lines(stack);
    }
}
