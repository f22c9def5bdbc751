// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.util.List;

/**
 * The events of one object's life, in order.
 *
 * @param dropped how many events are missing between the first and the last ones, because a history is bounded
 * @param folded how many are left out there because they cancel each other out: gets, and the puts of the same threads that
 *     came next
 */
public record History(List<Event> events, int dropped, int folded) {

    /** A history of which nothing is left out. */
    public static History whole(List<Event> events) {
        return new History(events, 0, 0);
    }

    /** Whether nothing is left out. */
    public boolean isWhole() {
        return dropped == 0 && folded == 0;
    }

    /** The stack that the life began with, empty if that was not recorded. */
    public List<StackTraceElement> birth() {
        return events.isEmpty() || events.get(0).op() != Op.BORN
                ? List.of()
                : events.get(0).stack();
    }
}
