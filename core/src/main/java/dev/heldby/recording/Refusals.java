// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.recording.Lifecycle.State;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;

/**
 * What objects refuse. A put of more than there is counts only once the object has refused it, and is remembered until then by
 * its thread. Any thread may call.
 */
final class Refusals {
    private final Recorder recorder;

    Refusals(Recorder recorder) {
        this.recorder = recorder;
    }

    /** This thread is about to give back so many references, which are not there. */
    void overdraw(Lifecycle lifecycle, int references) {
        ThreadState thread = recorder.threadState();
        if (!thread.inside) {
            thread.overdrawn = lifecycle;
            thread.overdraft = references;
            thread.overdrawnStack = recorder.depot.save();
        }
    }

    /** The put that this thread reported last has been refused by the object: so many references were not left. */
    void put(Lifecycle lifecycle) {
        ThreadState thread = recorder.threadState();
        if (thread.overdrawn == lifecycle) {
            thread.overdrawn = null;
            int count = lifecycle.count() - thread.overdraft;
            recorder.badEnds.refused(lifecycle, Op.PUT, count, thread.overdrawnStack, thread);
        }
    }

    /** A use, or a get, has been refused by the object: no reference was left. */
    void use(Lifecycle lifecycle) {
        ThreadState thread = recorder.threadState();
        if (lifecycle.state == State.DEAD && !thread.inside) {
            recorder.badEnds.refused(lifecycle, Op.USE, lifecycle.count(), recorder.depot.save(), thread);
        }
    }

    /** This thread was refused a put or a use through a reference that it has no more. */
    void lapsed(Lifecycle lifecycle, Observation.State state, Op op, int stack) {
        int count = op == Op.PUT ? lifecycle.count() - 1 : lifecycle.count();
        recorder.badEnds.refused(lifecycle, state, op, count, stack, recorder.threadState());
    }
}
