// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.LostBlocks;
import dev.heldby.snapshot.Op;
import java.time.Instant;
import java.util.List;

/**
 * One grouped, explained defect. The components are the fields of a finding in the schema {@code heldby-report/1}.
 *
 * @param healthy objects of the same birth that died in good order
 * @param isNew whether no baseline knows it
 * @param suspect null where no stack was recorded
 * @param divergence null unless a healthy object began exactly as the leaked one did
 * @param leftBy null unless an exception is known to have left objects open
 * @param history of one example object
 * @param dropped events missing from the middle of that history
 * @param folded events left out there since they cancel each other out
 * @param doubt why the suspect is not certain, empty where it is
 * @param lost null unless they are off-heap blocks
 */
public record Finding(
        String fingerprint,
        Kind kind,
        DetectedBy detectedBy,
        String type,
        String rule,
        long count,
        long bytes,
        long healthy,
        Instant firstSeen,
        Instant lastSeen,
        boolean isNew,
        boolean suppressed,
        String summary,
        Suspect suspect,
        List<Expected> expected,
        Divergence divergence,
        LeftBy leftBy,
        List<Step> history,
        int dropped,
        int folded,
        String doubt,
        LostBlocks lost) {

    /** What is wrong. */
    public enum Kind {
        MISSING_RELEASE("missing-release"),
        SURPLUS_RELEASE("surplus-release"),
        USE_AFTER_RELEASE("use-after-release"),
        LAPSED_USE("lapsed-use"),
        UNREFERENCED_MEMORY("unreferenced-memory"),
        COUNT_MISUSE("count-misuse");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As in the schema. */
        public String label() {
            return label;
        }
    }

    /** How it came to light, the surest way first. */
    public enum DetectedBy {
        CALL("call"),
        UNREACHABLE("unreachable"),
        SCAN("scan"),
        CLOSED("closed"),
        SCOPE_END("scope-end"),
        EXHAUSTION("exhaustion"),
        EXIT("exit"),
        GROWTH("growth"),
        AGE("age");

        private final String label;

        DetectedBy(String label) {
            this.label = label;
        }

        /** As in the schema. */
        public String label() {
            return label;
        }
    }

    /**
     * The event that is held to be wrong.
     *
     * @param site the place that decided to act
     * @param confidence that it is this event, 0 to 1
     */
    public record Suspect(Op operation, Site site, List<Site> stack, double confidence) {}

    /**
     * A put that healthy objects run there; where none is known, one that the code has there.
     *
     * @param support how often it was seen; 0 for one that is only in the code
     * @param confidence its share of all that were seen; else how likely it is the one
     */
    public record Expected(Site site, List<Site> stack, long support, double confidence) {
        Expected by(double factor) {
            return new Expected(site, stack, support, factor * confidence);
        }
    }

    /**
     * Where the leaking path left the healthy one.
     *
     * @param healthyPath the whole history of an object that ended well, the one that began most like the leaked one
     * @param healthyCount how many lived as that one did
     * @param leakedCount how many as the leaked one did
     */
    public record Divergence(
            Site healthyNext, Site leakedLast, List<Step> healthyPath, long healthyCount, long leakedCount) {}

    /**
     * An exception that left the methods which had made some of the objects, after which nothing was done with these.
     *
     * @param exception its class and where it was thrown
     * @param count how many of the objects
     */
    public record LeftBy(String exception, long count) {}

    /**
     * One event of the example.
     *
     * @param site null where no stack was recorded
     */
    public record Step(Op op, int count, String thread, Instant at, Site site, List<Site> stack) {}

    Finding withFingerprint(String other) {
        return with(other, isNew, suppressed, summary);
    }

    Finding withSummary(String other) {
        return with(fingerprint, isNew, suppressed, other);
    }

    /** The same finding as a baseline and the suppressions see it. */
    public Finding marked(boolean isNew, boolean suppressed) {
        return with(fingerprint, isNew, suppressed, summary);
    }

    private Finding with(String fingerprint, boolean isNew, boolean suppressed, String summary) {
        return new Finding(
                fingerprint,
                kind,
                detectedBy,
                type,
                rule,
                count,
                bytes,
                healthy,
                firstSeen,
                lastSeen,
                isNew,
                suppressed,
                summary,
                suspect,
                expected,
                divergence,
                leftBy,
                history,
                dropped,
                folded,
                doubt,
                lost);
    }
}
