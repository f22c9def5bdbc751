// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Observation;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many objects a group of suspicions is about, at least. One object can be seen held at an age or at a scope's end
 * and unreachable or held at exit later, so these counts are not added up: the greatest holds.
 */
record Tally(long count, long bytes) {
    private static final Set<Observation.State> AGED = EnumSet.of(Observation.State.AGED);
    private static final Set<Observation.State> SCOPE = EnumSet.of(Observation.State.HELD_AT_SCOPE_END);
    private static final Set<Observation.State> LAST =
            EnumSet.complementOf(EnumSet.of(Observation.State.AGED, Observation.State.HELD_AT_SCOPE_END));

    static Tally of(List<Suspicion> suspicions) {
        return Stream.of(LAST, SCOPE, AGED)
                .map(states -> sum(suspicions, states))
                .max(Comparator.comparingLong(Tally::count))
                .orElseThrow();
    }

    private static Tally sum(List<Suspicion> suspicions, Set<Observation.State> states) {
        long count = 0;
        long bytes = 0;
        for (Observation one :
                suspicions.stream().map(Suspicion::observation).distinct().toList()) {
            if (states.contains(one.state())) {
                count += one.count();
                bytes += one.bytes();
            }
        }
        return new Tally(count, bytes);
    }
}
