// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import dev.heldby.recording.Scope;
import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import java.util.concurrent.Semaphore;

/** What belongs to a directory besides its held references: name, counters, and what it complains of. Safe for threads. */
final class Account {
    final Witness witness;
    final Balance anonymous = new Balance();
    final Balance withoutTracker = new Balance();
    final Quarantine quarantine;
    /** Stands for every reference that was taken when there was no room for a tracker. */
    final Tracker untracked;

    /** How many trackers may still be made; null for any number. */
    private final Semaphore room;

    private final String name;
    private final String label;
    private volatile String alias;

    /** @param capacity 0 for any number of trackers */
    Account(Witness witness, String name, long id, int quarantine, int capacity) {
        this.witness = witness;
        this.name = name;
        this.label = name + '@' + id;
        this.quarantine = new Quarantine(quarantine);
        this.room = capacity == 0 ? null : new Semaphore(capacity);
        this.untracked = new Tracker(new Stripe(this), null);
    }

    /** The name with the number that no other directory of this process has. */
    String label() {
        return label;
    }

    String name() {
        return name;
    }

    /** The friendly name, or null. */
    String alias() {
        return alias;
    }

    /** The first one stays. */
    synchronized void alias(String friendly) {
        if (alias == null) {
            alias = friendly;
        }
    }

    /** The label, with the alias where there is one. */
    String shown() {
        String friendly = alias;
        return friendly == null ? label : label + " (" + friendly + ")";
    }

    /** Makes room for one more tracker; false if there is none. */
    boolean enter() {
        return room == null || room.tryAcquire();
    }

    /** Gives that room back. */
    void leave() {
        if (room != null) {
            room.release();
        }
    }

    /** Allocates nothing that it cannot do without, since memory may be what there is no room in. */
    Tracker takeWithoutTracker() {
        withoutTracker.take();
        try {
            witness.complainOnce(
                    "no-room",
                    label,
                    label + ": no room for a tracker; such references are only counted, so a report cannot say who"
                            + " holds them.");
        } catch (OutOfMemoryError e) {
            // The count says it as well, at the latest at the end.
        }
        return untracked;
    }

    /** Complains of what this thread does, and has it appear among the findings. */
    void wrong(String kind, String text, Observation.State state, Trail trail, String note, int stack) {
        wrong(kind, text, state, trail, note, stack, null);
    }

    /** As above, of what it does to a reference that was taken in that scope. */
    void wrong(String kind, String text, Observation.State state, Trail trail, String note, int stack, Scope taken) {
        witness.observe(state, witness.subject(name, witness.scopeOfMisuse(taken), trail, note), 1);
        witness.complain(kind, label, text, stack);
    }
}
