// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.List;

/**
 * How sure a suspect is, and why not surer.
 *
 * <pre>
 *  1.00  no other event could be the one
 *  0.95  another choice would tear apart two pairs that fit, or one that healthy objects confirm; or a scan says so
 *  0.90  another choice would tear apart one pair that fits
 *  0.75  another choice fits clearly worse
 *  0.60  another choice fits somewhat worse
 *  n/k   n of k events that fit equally well, at most 0.5
 *  x 0.7 events of the history were dropped
 *  x 0.9 what its threads took and gave back at once was left out
 *  x 0.9 the stack was completed from earlier ones at the same site
 *  x 0.9 it was still held, which may be meant
 * </pre>
 *
 * @param doubt empty where there is none to speak of
 */
record Confidence(double value, String doubt) {
    private static final int MOST_NAMED = 4;
    private static final double CLOSE = 0.3;
    private static final double CLEAR = 0.75;
    private static final double SURE = 1.5;

    static final Confidence CERTAIN = new Confidence(1, "");

    /** Of memory to which no reference was found. */
    static final Confidence OF_A_SCAN =
            new Confidence(0.95, "an address that is kept shifted, encoded or outside of memory is not seen");

    static Confidence of(Matching.Candidate candidate, int suspects) {
        if (!candidate.rivals().isEmpty()) {
            int all = candidate.rivals().size() + suspects;
            return new Confidence(
                    Math.min(0.5, (double) suspects / all),
                    "the record fits " + all + " places equally well, also " + places(candidate.rivals()));
        }
        if (Double.isInfinite(candidate.margin())) {
            return CERTAIN;
        }
        if (candidate.margin() >= SURE) {
            return new Confidence(0.95, "");
        }
        if (candidate.margin() >= CLEAR) {
            return new Confidence(0.9, "the pairing rests on the shape of the stacks");
        }
        return candidate.margin() >= CLOSE
                ? new Confidence(0.75, "another pairing fits only a little worse")
                : new Confidence(0.6, "another pairing fits nearly as well");
    }

    Confidence lowered(double factor, String reason) {
        return new Confidence(
                Math.round(value * factor * 100) / 100.0, doubt.isEmpty() ? reason : doubt + ", " + reason);
    }

    private static String places(List<Reference> rivals) {
        List<String> named = rivals.stream()
                .map(Reference::stack)
                .map(stack ->
                        stack.isEmpty() ? "one without a stack" : stack.site().brief())
                .limit(MOST_NAMED)
                .toList();
        int more = rivals.size() - named.size();
        return String.join(", ", named) + (more > 0 ? " and " + more + " more" : "");
    }
}
