// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The trackers released last, as many as it has room for. Safe for threads.
 *
 * <p>The kernel needs one to recognise a second release at all, since a tracker that left it is freed memory. Here a tracker
 * lives as long as its holder keeps it, and remembers; the quarantine is for the reports, which show who released last.
 */
final class Quarantine {
    private final int room;
    private final ArrayDeque<Tracker> newestFirst = new ArrayDeque<>();

    Quarantine(int room) {
        this.room = room;
    }

    void add(Tracker tracker) {
        if (room > 0) {
            addInTurn(tracker);
        }
    }

    private synchronized void addInTurn(Tracker tracker) {
        if (newestFirst.size() == room) {
            newestFirst.removeLast();
        }
        newestFirst.addFirst(tracker);
    }

    synchronized List<Tracker> newestFirst() {
        return List.copyOf(newestFirst);
    }

    /** How many more it can take before the oldest one has to go. */
    synchronized int available() {
        return room - newestFirst.size();
    }

    synchronized void clear() {
        newestFirst.clear();
    }
}
