// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.util.List;

/**
 * The events of one object's life, in order.
 *
 * @param dropped how many events are missing between the first and the last ones, because a history is bounded
 */
public record History(List<Event> events, int dropped) {

    /** The stack that the life began with, empty if that was not recorded. */
    public List<StackTraceElement> birth() {
        return events.isEmpty() || events.get(0).op() != Op.BORN
                ? List.of()
                : events.get(0).stack();
    }
}
