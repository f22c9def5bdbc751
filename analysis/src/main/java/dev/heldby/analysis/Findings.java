// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Footprint;
import dev.heldby.snapshot.Snapshot;
import java.util.List;

/**
 * All that one snapshot shows, most certain and most frequent first.
 *
 * @param version HeldBy's own, as recorded
 * @param footprint what explains the off-heap memory; null unless blocks were recorded
 */
public record Findings(
        String version, String mode, Snapshot.Jvm jvm, Coverage coverage, List<Finding> findings, Footprint footprint) {

    /** With these instead. */
    public Findings with(List<Finding> others) {
        return new Findings(version, mode, jvm, coverage, others, footprint);
    }
}
