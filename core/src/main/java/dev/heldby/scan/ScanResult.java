// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import java.time.Duration;
import java.util.List;

/**
 * What one scan found.
 *
 * @param newLeaks what it reports for the first time, in the order of allocation; none unless it is complete
 * @param leaks all that were reported and are still unreferenced, in that order
 * @param passes how often all memory was read
 * @param reason a sentence that says why it is not complete; empty if it is
 */
public record ScanResult(
        Outcome outcome,
        List<Block> newLeaks,
        List<Block> leaks,
        long bytesRead,
        Duration duration,
        int passes,
        String reason) {

    /** How a scan ended. */
    public enum Outcome {
        /** All that could be found was. */
        COMPLETE,
        /** It was asked to stop. */
        INTERRUPTED,
        /** What there is to read could not be known, or the memory for the scan itself was not there. */
        UNREADABLE,
        /** Blocks are not recorded any more. */
        OFF
    }

    public boolean isComplete() {
        return outcome == Outcome.COMPLETE;
    }

    /** The summary: how many leaks are new, or why that is not known. Empty if nothing is to be said. */
    public String summary() {
        if (!isComplete()) {
            return reason;
        }
        return newLeaks.isEmpty()
                ? ""
                : newLeaks.size() + (newLeaks.size() == 1 ? " new suspected leak" : " new suspected leaks")
                        + " of off-heap memory.";
    }
}
