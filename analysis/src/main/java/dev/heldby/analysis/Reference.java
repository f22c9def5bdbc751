// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * One reference taken or given back. An event that takes three is three of them.
 *
 * @param position of its event in the history
 */
record Reference(int position, Event event, Stack stack) {
    /** Beyond this a jump of the count is taken for a gap in the record. */
    private static final int MOST_AT_ONCE = 16;

    boolean isBirth() {
        return event.op() == Op.BORN;
    }

    static List<Reference> taken(History history, Sites sites) {
        return references(history, sites, true);
    }

    static List<Reference> given(History history, Sites sites) {
        return references(history, sites, false);
    }

    private static List<Reference> references(History history, Sites sites, boolean taken) {
        List<Reference> references = new ArrayList<>();
        int before = firstCount(history);
        for (int i = 0; i < history.events().size(); i++) {
            Event event = history.events().get(i);
            int change = taken ? event.count() - before : before - event.count();
            for (int n = number(event.op(), change, !history.isWhole(), taken); n > 0; n--) {
                references.add(new Reference(i, event, sites.stack(event.stack())));
            }
            before = event.count();
        }
        return references;
    }

    /** A history that was joined in the middle starts with an event that changed the count by one. */
    private static int firstCount(History history) {
        if (history.events().isEmpty() || history.events().get(0).op() == Op.BORN) {
            return 0;
        }
        return history.events().get(0).count();
    }

    private static int number(Op op, int change, boolean gaps, boolean taken) {
        return switch (op) {
            case BORN, GET -> taken ? atLeastOne(change, gaps) : 0;
            case PUT -> taken ? 0 : atLeastOne(change, gaps);
            // A library may report the end without a put, and may report both.
            case DEAD -> taken || change <= 0 ? 0 : atLeastOne(change, gaps);
            case USE, MOVE -> 0;
        };
    }

    private static int atLeastOne(int change, boolean gaps) {
        return gaps || change < 1 || change > MOST_AT_ONCE ? 1 : change;
    }
}
