// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

import java.util.List;

/**
 * What off-heap blocks that nothing points to have beyond their number and their bytes.
 *
 * @param smallest the size of the smallest of them
 * @param youngestMillis how long ago the last of them was allocated
 * @param moreBlocks how many more of them there were at the last scan than at the one before
 * @param growing in how many scans in a row there were more of them
 * @param content how one of them begins, as lines of a hex dump; empty unless that was asked for
 */
public record LostBlocks(
        long smallest,
        long largest,
        long youngestMillis,
        long oldestMillis,
        long moreBlocks,
        long moreBytes,
        int growing,
        List<String> content) {

    /** These and others. */
    public LostBlocks and(LostBlocks other) {
        return new LostBlocks(
                Math.min(smallest, other.smallest),
                Math.max(largest, other.largest),
                Math.min(youngestMillis, other.youngestMillis),
                Math.max(oldestMillis, other.oldestMillis),
                moreBlocks + other.moreBlocks,
                moreBytes + other.moreBytes,
                Math.max(growing, other.growing),
                content.isEmpty() ? other.content : content);
    }
}
