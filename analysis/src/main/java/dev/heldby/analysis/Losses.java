// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects born by one holder that came to a bad end, and when.
 *
 * @param born when the first of those was born of which that is known; null where of none
 * @param first when the first of them was seen; null where no time is known
 */
record Losses(
        long count,
        @Nullable Instant born,
        @Nullable Instant first,
        @Nullable Instant last) {
    /** That so few happened to come from the last tenth of the time says nothing. */
    private static final int FEW = 3;

    private static final double LATE = 0.9;

    static Losses of(Observation observation) {
        List<Event> events = observation.example().events();
        return new Losses(
                observation.count(),
                events.isEmpty() ? null : events.get(0).at(),
                observation.firstSeen(),
                observation.lastSeen());
    }

    Losses and(Losses other) {
        return new Losses(
                count + other.count,
                earliest(born, other.born),
                earliest(first, other.first),
                known(last, other.last).max(Comparator.naturalOrder()).orElse(null));
    }

    private static @Nullable Instant earliest(@Nullable Instant one, @Nullable Instant other) {
        return known(one, other).min(Comparator.naturalOrder()).orElse(null);
    }

    private static Stream<Instant> known(@Nullable Instant one, @Nullable Instant other) {
        return Stream.of(one, other).filter(Objects::nonNull);
    }

    /** Whether half of the time in which they were lost had gone by. */
    boolean wereHalfWayAt(Instant time) {
        return first != null && last != null && time.isAfter(between(first, last, 0.5));
    }

    /** Whether none is as old as most that were born since that time: they are the last of their kind, of whom nobody took care. */
    boolean areTheLastSince(Instant time) {
        return count > FEW
                && born != null
                && last != null
                && born.isAfter(between(time, last, LATE))
                && last.isAfter(time);
    }

    private static Instant between(Instant from, Instant to, double share) {
        return from.plusNanos((long) (share * Duration.between(from, to).toNanos()));
    }
}
