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
        Case of,
        Finding.Kind kind,
        Op operation,
        Stack stack,
        Site site,
        Confidence confidence,
        List<Finding.Expected> expected,
        Site blow) {

    /** The same with these places where its release should have been. */
    Suspicion expecting(List<Finding.Expected> others) {
        return new Suspicion(of, kind, operation, stack, site, confidence, others, blow);
    }

    Observation observation() {
        return of.observation();
    }

    List<Site> outward() {
        return stack.outwardFrom(site);
    }

    int framesWithin() {
        return stack.framesWithin(site);
    }

    Finding.Divergence divergence() {
        return kind == Finding.Kind.MISSING_RELEASE && site != null ? of.divergence() : null;
    }

    Finding.DetectedBy detectedBy() {
        return switch (observation().state()) {
            case UNREACHABLE -> Finding.DetectedBy.UNREACHABLE;
            case HELD_AT_EXIT -> Finding.DetectedBy.EXIT;
            case AGED -> Finding.DetectedBy.AGE;
            case GROWING -> Finding.DetectedBy.GROWTH;
            case HELD_AT_SCOPE_END -> Finding.DetectedBy.SCOPE_END;
            case HELD_AT_CLOSE -> Finding.DetectedBy.CLOSED;
            case SURPLUS_PUT, LAPSED_USE, MISUSE -> Finding.DetectedBy.CALL;
            case LAPSED_REFERENCE, LAPSED_VARIABLE, LAPSED_PARAMETER -> Finding.DetectedBy.CALL;
            case UNREFERENCED -> Finding.DetectedBy.SCAN;
        };
    }
}
