// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.time.Instant;
import java.util.List;

/**
 * Everything the recorder knew at one moment.
 *
 * @param version HeldBy's own version
 * @param mode what asked for it: {@code run}, {@code attach}, {@code agent}, {@code junit}
 * @param releaseCalls those in the classes on the stacks of the observations, where their code can be read
 * @param footprint null unless off-heap blocks are recorded
 */
public record Snapshot(
        String version,
        String mode,
        Jvm jvm,
        Instant takenAt,
        Coverage coverage,
        List<RuleTraits> rules,
        List<Observation> observations,
        List<Healthy> healthy,
        List<ReleaseCall> releaseCalls,
        Footprint footprint) {

    /** Of a process whose off-heap blocks are not recorded. */
    public Snapshot(
            String version,
            String mode,
            Jvm jvm,
            Instant takenAt,
            Coverage coverage,
            List<RuleTraits> rules,
            List<Observation> observations,
            List<Healthy> healthy,
            List<ReleaseCall> releaseCalls) {
        this(version, mode, jvm, takenAt, coverage, rules, observations, healthy, releaseCalls, null);
    }

    /** The same, with these healthy lives instead. */
    public Snapshot withHealthy(List<Healthy> lives) {
        return new Snapshot(version, mode, jvm, takenAt, coverage, rules, observations, lives, releaseCalls, footprint);
    }

    /** The same, with what explains the off-heap memory. */
    public Snapshot withFootprint(Footprint other) {
        return new Snapshot(version, mode, jvm, takenAt, coverage, rules, observations, healthy, releaseCalls, other);
    }

    /** The watched process. */
    public record Jvm(long pid, String version, String mainClass, Instant startedAt) {}
}
