// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Op;

/**
 * The last event of a slot.
 *
 * @param reference the one that the slot got or gave away; null if it never had one
 */
record Mark(Event event, Moment moment, HeldReference reference) {

    /** What can happen to a slot, and the state that it is in then. */
    enum Event {
        INITIALIZED("initialized", Slot.State.UNUSED),
        TAKEN("taken", Slot.State.HELD),
        MOVED_HERE("moved here", Slot.State.HELD),
        DROPPED("dropped", Slot.State.EMPTY),
        MOVED_AWAY("moved away", Slot.State.EMPTY);

        private final String words;
        private final Slot.State state;

        Event(String words, Slot.State state) {
            this.words = words;
            this.state = state;
        }
    }

    Slot.State state() {
        return event.state;
    }

    boolean isHeld() {
        return event.state == Slot.State.HELD;
    }

    /** What happened, by whom and where. */
    String told(Witness witness) {
        return event.words + moment.told(witness);
    }

    /**
     * The taking of the reference and this event; of the moves only the last is known, since slots remember no more. Null
     * where there was no reference, or its stack was not recorded.
     */
    Trail trail() {
        if (reference == null || reference.taken.stack() == 0) {
            return null;
        }
        Trail trail = new Trail();
        reference.taken.addTo(trail, Op.BORN, 1);
        switch (event) {
            case MOVED_HERE, MOVED_AWAY -> moment.addTo(trail, Op.MOVE, 1);
            case DROPPED -> moment.addTo(trail, Op.PUT, 0);
            case INITIALIZED, TAKEN -> {}
        }
        return trail;
    }
}
