// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.time.Instant;

/**
 * Lifecycles that came to the same bad state through the same events at the same places.
 *
 * @param state what is wrong with them
 * @param type the class of the counted objects
 * @param rule the rule that follows it
 * @param count how many objects
 * @param bytes their sizes summed, 0 where unknown
 * @param note what is wrong in words, where the state alone does not say it; else empty
 * @param example the events of one of them; for {@link State#SURPLUS_PUT} and {@link State#LAPSED_USE} the last event is
 *     the refused operation, which need not be the guilty one. Without events where only counting was on
 * @param lost null unless they are off-heap blocks
 */
public record Observation(
        State state,
        String type,
        String rule,
        long count,
        long bytes,
        Instant firstSeen,
        Instant lastSeen,
        String note,
        History example,
        LostBlocks lost) {

    /** Of counted objects. */
    public Observation(
            State state,
            String type,
            String rule,
            long count,
            long bytes,
            Instant firstSeen,
            Instant lastSeen,
            String note,
            History example) {
        this(state, type, rule, count, bytes, firstSeen, lastSeen, note, example, null);
    }

    /** The ordinals are part of the snapshot file's format. */
    public enum State {
        /** The collector found it unreachable with references left. */
        UNREACHABLE,
        /** Still held when the process ended. */
        HELD_AT_EXIT,
        /** Held longer than the age that was set. */
        AGED,
        /** Still held when its scope, such as a test, ended. */
        HELD_AT_SCOPE_END,
        /** A put was refused since no reference was left. */
        SURPLUS_PUT,
        /** A use was refused since no reference was left. */
        LAPSED_USE,
        /** Its owner was closed with references left. */
        HELD_AT_CLOSE,
        /** It was used through a reference that had been given back, while others still held it. */
        LAPSED_REFERENCE,
        /** Something else that must not be done; the last event is that, and the note says what. */
        MISUSE,
        /** Off-heap memory to which a scan found no reference. */
        UNREFERENCED,
        /** Lying idle, one of ever more, while others of its birth end well. */
        GROWING,
        /** It was used through a variable whose reference had been given back, while others still held it. */
        LAPSED_VARIABLE,
        /** The same, where the variable is a parameter: its caller may hold a reference besides. */
        LAPSED_PARAMETER
    }
}
