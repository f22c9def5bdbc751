// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

/**
 * Whether two objects went the same way at last, as far as it shows where each was used last. An object that is lost was
 * last used on the way on which it was lost.
 */
final class LastUses {
    /** What an end counts where the last use of its objects is not known, though it is of the one in question. */
    private static final double UNKNOWN = 0.3;

    /** Another line of the same method. */
    private static final double NEAR = 0.5;

    private static final double ELSEWHERE = 0.03;

    private LastUses() {}

    /** Between 0 and 1. */
    static double likeness(Stack lost, Stack healthy, Stack healthyEnd) {
        if (lost.isEmpty() || isAlike(lost, healthy, healthyEnd)) {
            return 1;
        }
        if (healthy.isEmpty()) {
            return UNKNOWN;
        }
        return lost.site().sameMethod(healthy.site()) ? NEAR : ELSEWHERE;
    }

    /** Whether both were used last by one holder, or the lost one by the very method that gave the healthy one back. */
    static boolean isAlike(Stack lost, Stack healthy, Stack healthyEnd) {
        return !healthy.isEmpty() && lost.sameHolder(healthy)
                || !healthyEnd.isEmpty() && lost.site().sameMethod(healthyEnd.site());
    }
}
