// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.Comparator;
import java.util.List;

/**
 * A place where references such as one in question are given back.
 *
 * @param count how often that was seen
 * @param weight how often that may be for objects such as the one in question
 */
record End(Site site, Stack stack, long count, double weight) {
    /** The likeliest first, if so many were not given back. */
    static List<Finding.Expected> ranked(List<End> ends, long missed) {
        double sum = ends.stream().mapToDouble(end -> end.likelihood(missed)).sum();
        return ends.stream()
                .map(end -> end.expected(end.likelihood(missed) / sum))
                .sorted(Comparator.comparingDouble(Finding.Expected::confidence)
                        .thenComparingLong(Finding.Expected::support)
                        .reversed())
                .toList();
    }

    End and(End other) {
        return new End(site, stack, count + other.count, weight + other.weight);
    }

    /**
     * How well it explains that so many were not given back there, up to a factor that is the same for all places: a
     * release that is forgotten at an unknown rate r, of which is known only that small rates are the likelier ones,
     * r^(-1/2) (1 - r). One that was made thousands of times is less likely the one that fails now and then than one that
     * is seldom reached.
     */
    private double likelihood(long missed) {
        return (weight + 1.0) / Math.pow(weight + missed + 1.0, 1.5);
    }

    private Finding.Expected expected(double share) {
        return new Finding.Expected(site, stack.frames(), count, share);
    }
}
