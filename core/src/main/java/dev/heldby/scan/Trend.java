// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import java.util.List;
import java.util.Locale;

/** How many leaks there are, and how they grow from scan to scan. Guarded by the scanner's lock. */
final class Trend {
    private long blocks;
    private long bytes;
    private long moreBlocks;
    private long moreBytes;
    private int growing;

    /** After a scan that came to its end. */
    void add(List<Block> leaks) {
        long bytesNow = leaks.stream().mapToLong(Block::size).sum();
        moreBlocks = leaks.size() - blocks;
        moreBytes = bytesNow - bytes;
        growing = moreBlocks > 0 && moreBytes > 0 ? growing + 1 : 0;
        blocks = leaks.size();
        bytes = bytesNow;
    }

    /** A sentence; empty if there are none. */
    String text() {
        if (blocks == 0) {
            return "";
        }
        String all = "In all " + amount(blocks, bytes) + (blocks == 1 ? " is" : " are") + " unreferenced";
        if (moreBlocks == blocks) {
            return all + ".";
        }
        if (growing == 0) {
            return all + ", no more than at the scan before.";
        }
        return all + ", " + amount(moreBlocks, moreBytes) + " more than at the scan before"
                + (growing > 1 ? "; they have grown in " + growing + " scans in a row." : ".");
    }

    private static String amount(long blocks, long bytes) {
        return String.format(Locale.ROOT, "%,d %s (%,d bytes)", blocks, blocks == 1 ? "block" : "blocks", bytes);
    }
}
