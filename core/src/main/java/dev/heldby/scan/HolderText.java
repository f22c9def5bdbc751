// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.BlockIndex;
import dev.heldby.heap.Mappings;
import java.io.IOException;
import java.util.List;

/** What points to a block, a line each, for people and for {@code heldby why}. */
final class HolderText {
    private HolderText() {}

    static String of(BlockIndex index, int block, List<Holders.Hold> holds) throws IOException {
        StringBuilder text = new StringBuilder(name(index, block)).append('\n');
        List<String> mappings = Mappings.text().lines().toList();
        for (Holders.Hold hold : holds) {
            String holder = hold.holder() == BlockIndex.NONE
                    ? "memory 0x" + Long.toHexString(hold.place()) + " (" + place(mappings, hold.place()) + ")"
                    : name(index, hold.holder()) + " at " + (hold.place() - index.start(hold.holder()));
            text.append(holder)
                    .append(" points to 0x")
                    .append(Long.toHexString(index.start(hold.held())))
                    .append('\n');
        }
        return text.toString();
    }

    private static String name(BlockIndex index, int block) {
        long start = index.start(block);
        return "block 0x" + Long.toHexString(start) + " (size " + (index.end(block) - start) + ")";
    }

    private static String place(List<String> mappings, long address) {
        for (String mapping : mappings) {
            String[] fields = mapping.split(" +", 6);
            String[] bounds = fields[0].split("-");
            if (Long.compareUnsigned(address, Long.parseUnsignedLong(bounds[0], 16)) >= 0
                    && Long.compareUnsigned(address, Long.parseUnsignedLong(bounds[1], 16)) < 0
                    && fields.length == 6) {
                return fields[5];
            }
        }
        return "without a name";
    }
}
