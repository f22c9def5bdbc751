// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.recording.Lifecycle.State;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.ArrayList;
import java.util.List;

/** Sees to the lifecycles that came to a bad end: each is observed, once. Any thread may call. */
final class BadEnds {
    final Observations observations = new Observations();

    private final Recorder recorder;

    BadEnds(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The object refused a put or a use. That event is the last one of the history that is observed, and only there. */
    void refused(Lifecycle lifecycle, Op op, int count, int stack, ThreadState thread) {
        Observation.State state = op == Op.PUT ? Observation.State.SURPLUS_PUT : Observation.State.LAPSED_USE;
        refused(lifecycle, state, op, count, stack, thread);
    }

    void refused(Lifecycle lifecycle, Observation.State state, Op op, int count, int stack, ThreadState thread) {
        if (thread.inside) {
            return;
        }
        Trail trail = recorder.traces.with(lifecycle, op, count, stack, thread);
        observe(state, lifecycle, recorder.scopes.ofRefusal(lifecycle.scope), trail);
        recorder.traces.unlearn(lifecycle);
    }

    private void observe(Observation.State state, Lifecycle lifecycle, Scope scope, Trail trail) {
        long now = System.nanoTime();
        lifecycle.kind.escalate(now);
        if (lifecycle.birthPlace != null) {
            lifecycle.birthPlace.sites.distrust();
            recorder.uses.lost(lifecycle.birthPlace);
        }
        observations.add(state, lifecycle.subject(scope, trail), 1, recorder.clock.micros(now));
    }

    /** Observes each life of that family that is still held, and leaves it at that; returns their histories. */
    List<Trail> surrenderAll(Family family, Observation.State state) {
        long now = recorder.clock.micros(System.nanoTime());
        List<Trail> histories = new ArrayList<>();
        recorder.live.forEach(lifecycle -> {
            if (lifecycle.family == family) {
                lifecycle.surrender(subject -> {
                    observations.add(state, subject, 1, now);
                    histories.add(
                            subject.trail() == null
                                    ? new Trail()
                                    : subject.trail().copy());
                });
            }
        });
        return histories;
    }

    /** The collector took the object: whoever held references to it can never give them back. */
    void objectCollected(Lifecycle lifecycle) {
        synchronized (lifecycle) {
            if (lifecycle.state == State.LIVE && lifecycle.count() > 0) {
                observe(Observation.State.UNREACHABLE, lifecycle, lifecycle.scope, lifecycle.trail);
                if (lifecycle.birthPlace != null) {
                    recorder.escapes().lost(lifecycle.birthPlace);
                }
                lifecycle.state = State.EXCUSED;
            }
            recorder.traces.forget(lifecycle);
        }
        // Last, so that whoever misses it among the live finds it observed.
        Ledger.remove(lifecycle);
        recorder.mapped.remove(lifecycle);
    }

    /** Sees to what the collector took already, though its references may not have come through the queue yet. */
    void reapCleared() {
        List<Lifecycle> gone = new ArrayList<>();
        recorder.live.forEach(lifecycle -> {
            if (lifecycle.refersTo(null)) {
                gone.add(lifecycle);
            }
        });
        recorder.unrecorded(() -> gone.forEach(this::objectCollected));
    }

    /** Observes as aged what has lived longer than that. */
    void olderThan(long ageMicros) {
        long now = recorder.clock.micros(System.nanoTime());
        recorder.forEachHolding(holding -> {
            if (now - holding.bornMicros() > ageMicros) {
                holding.surrender(subject -> observations.add(Observation.State.AGED, subject, 1, now));
            }
        });
    }
}
