// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.ArrayList;
import java.util.List;

/** All that was taken of one object and given back, from its birth on. Threads take turns. */
final class Life {
    private final List<Event> events = new ArrayList<>();
    private int count;

    /**
     * @param change of the count
     * @param site null for a birth, and where no site led to the call
     * @param frames that decided, innermost first
     */
    record Event(int change, String site, List<StackTraceElement> frames) {
        String className() {
            return frames.isEmpty() ? "" : frames.get(0).getClassName();
        }

        String method() {
            return frames.isEmpty() ? "" : className() + '.' + frames.get(0).getMethodName();
        }
    }

    /** Whether that was the last reference. */
    synchronized boolean add(Event event) {
        for (int n = Math.abs(event.change()); n > 0; n--) {
            events.add(event);
        }
        count += event.change();
        return count == 0;
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }
}
