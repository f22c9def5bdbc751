// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Op;
import java.util.List;

/**
 * Histories as text, in the form of perf's:
 *
 * <pre>
 * ==== [0] ====
 * Unreclaimed NAME&#64;ID
 * Refcount +1 => 1 at
 *      frame
 * Refcount -1 => 0 at
 *      frame
 * Total 1 objects are not reclaimed.
 * </pre>
 */
final class HistoryText {
    private final Witness witness;
    private final StringBuilder text = new StringBuilder();

    HistoryText(Witness witness) {
        this.witness = witness;
    }

    void addVerbosely(List<FollowedHistory> histories) {
        for (int i = 0; i < histories.size(); i++) {
            FollowedHistory history = histories.get(i);
            text.append("==== [").append(i).append("] ====\nUnreclaimed ").append(history.label());
            text.append(history.isCollected() ? " (collected)\n" : "\n");
            addEvents(history.trail());
        }
    }

    private void addEvents(Trail trail) {
        for (int i = 0; i < trail.size(); i++) {
            if (i == Trail.FIRST && trail.dropped() > 0) {
                text.append('(').append(trail.dropped()).append(" events between are not kept)\n");
            }
            // It may exit while the report is made.
            if (trail.op(i) != Op.DEAD) {
                addEvent(trail.op(i), trail.count(i), trail.stack(i));
            }
        }
    }

    private void addEvent(Op op, int count, int stack) {
        text.append("Refcount ").append(op == Op.PUT ? "-1 => " : "+1 => ").append(count);
        text.append(stack == 0 ? " (no stack)\n" : " at\n").append(witness.lines(stack));
    }

    void addTotal(int histories) {
        text.append("Total ").append(histories).append(" objects are not reclaimed.\n");
    }

    void addHint() {
        text.append("Their gets and puts are in the verbose report: -Dheldby.history.report=verbose\n");
    }

    void addTurnedAway(long objects) {
        if (objects > 0) {
            text.append("Of ").append(objects).append(" more objects nothing is known for want of room.\n");
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
