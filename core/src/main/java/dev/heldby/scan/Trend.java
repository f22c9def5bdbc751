// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import java.util.List;
import java.util.Locale;

/**
 * How many leaks there are, and how they grow from scan to scan.
 *
 * @param moreBlocks how many more than at the scan before
 * @param growing in how many scans in a row there were more
 */
public record Trend(long blocks, long bytes, long moreBlocks, long moreBytes, int growing) {
    /** Of no leaks. */
    public static final Trend NONE = new Trend(0, 0, 0, 0, 0);

    /** After the next scan that came to its end. */
    Trend after(List<Block> leaks) {
        long bytesNow = leaks.stream().mapToLong(Block::size).sum();
        boolean grows = leaks.size() > blocks && bytesNow > bytes;
        return new Trend(leaks.size(), bytesNow, leaks.size() - blocks, bytesNow - bytes, grows ? growing + 1 : 0);
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
