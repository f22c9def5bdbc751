// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What blocks have in common that are told of together: the numbers of their rule and their stack. */
public record Origin(int rule, int stack) {
    public static Origin of(Block block) {
        return new Origin(block.rule(), block.stack());
    }

    /** In their order. */
    public static Map<Origin, List<Block>> group(List<Block> blocks) {
        return blocks.stream().collect(Collectors.groupingBy(Origin::of, LinkedHashMap::new, Collectors.toList()));
    }
}
