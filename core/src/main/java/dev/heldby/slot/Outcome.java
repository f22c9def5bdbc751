// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

/**
 * What came of an operation on a slot.
 *
 * @param slot the one that decided it; null where none did
 * @param before that slot's mark until then
 */
record Outcome(Kind kind, Slot slot, Mark before) {

    enum Kind {
        DONE(""),
        /** Done, and it was the last reference. */
        LAST(""),
        /** Not done, since no reference was left, as the caller expected might be. */
        ZERO(""),
        OCCUPIED("slot-occupied"),
        NOTHING_HELD("slot-empty"),
        WRONG_COUNTER("wrong-counter"),
        UNKNOWN_SLOT("unknown-slot"),
        CLOSED("taken-after-close");

        /** What to complain of; empty if of nothing. */
        final String complaint;

        Kind(String complaint) {
            this.complaint = complaint;
        }
    }

    static final Outcome DONE = new Outcome(Kind.DONE, null, null);
    static final Outcome ZERO = new Outcome(Kind.ZERO, null, null);
    static final Outcome UNKNOWN_SLOT = new Outcome(Kind.UNKNOWN_SLOT, null, null);

    boolean isError() {
        return !kind.complaint.isEmpty();
    }

    boolean isDone() {
        return kind == Kind.DONE || kind == Kind.LAST;
    }
}
