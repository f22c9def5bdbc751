// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.List;

/**
 * One event of one observation that is held to be wrong.
 *
 * @param stack empty where none was recorded
 * @param site null where no stack was recorded
 * @param blow for a surplus put, where the refusal hit; for a lapsed use, where the last reference was given back; else
 *     null
 */
record Suspicion(
        Observation observation,
        Finding.Kind kind,
        Op operation,
        Stack stack,
        Site site,
        Confidence confidence,
        long healthy,
        List<Finding.Expected> expected,
        Finding.Divergence divergence,
        Site blow,
        List<Finding.Step> history) {

    List<Site> outward() {
        return stack.outwardFrom(site);
    }

    int framesWithin() {
        return stack.framesWithin(site);
    }

    Finding.DetectedBy detectedBy() {
        return switch (observation.state()) {
            case UNREACHABLE -> Finding.DetectedBy.UNREACHABLE;
            case HELD_AT_EXIT -> Finding.DetectedBy.EXIT;
            case AGED -> Finding.DetectedBy.AGE;
            case HELD_AT_SCOPE_END -> Finding.DetectedBy.SCOPE_END;
            case SURPLUS_PUT, LAPSED_USE -> Finding.DetectedBy.CALL;
        };
    }
}
