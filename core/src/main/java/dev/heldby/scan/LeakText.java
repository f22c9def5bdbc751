// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import dev.heldby.block.Block;
import dev.heldby.depot.StackDepot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Blocks as text: each on its own, or all of one stack together. */
final class LeakText {
    private static final int INDENT = 4;

    private final StackDepot depot;
    private final IntFunction<String> threads;
    private final Function<Block, String> contents;

    /**
     * @param threads gives the name of the thread with a number
     * @param contents gives what is to be shown of a block's contents
     */
    LeakText(StackDepot depot, IntFunction<String> threads, Function<Block, String> contents) {
        this.contents = contents;
        this.threads = threads;
        this.depot = depot;
    }

    /** Each of them, in their order. */
    String each(List<Block> leaks) {
        StringBuilder text = new StringBuilder();
        leaks.forEach(leak -> text.append(one(leak)));
        return text.toString();
    }

    /** The first of each stack, and how many more have that stack. Those without a stack are not taken together. */
    String byStack(List<Block> leaks) {
        Map<Integer, Integer> times = new LinkedHashMap<>();
        leaks.forEach(leak -> times.merge(leak.stack(), 1, Integer::sum));
        StringBuilder text = new StringBuilder();
        for (Block leak : leaks) {
            Integer count = leak.stack() == 0 ? Integer.valueOf(1) : times.remove(leak.stack());
            if (count != null) {
                text.append(one(leak)).append(more(count - 1));
            }
        }
        return text.toString();
    }

    private static String more(int count) {
        return switch (count) {
            case 0 -> "";
            case 1 -> "  ... and 1 more block with the same stack\n";
            default -> "  ... and " + count + " more blocks with the same stack\n";
        };
    }

    private String one(Block leak) {
        return "unreferenced block " + name(leak) + ":\n" + origin(leak);
    }

    /** All that is known of a block. */
    String full(Block block) {
        return "block " + name(block) + ":\n"
                + "  needs " + block.needed() + ", found " + block.found() + ", scans without " + block.misses()
                + flags(block) + ", checksum " + Integer.toHexString(block.checksum()) + "\n"
                + origin(block);
    }

    private static String flags(Block block) {
        return (block.isReported() ? ", reported" : "") + (block.isNotScanned() ? ", not scanned" : "");
    }

    private static String name(Block block) {
        return "0x" + Long.toHexString(block.address()) + " (size " + block.size() + ")";
    }

    private String origin(Block block) {
        String stack = depot.text(block.stack(), INDENT, Integer.MAX_VALUE);
        return contents.apply(block) + "  thread " + threads.apply(block.thread()) + ", allocated at "
                + block.bornMillis() + " ms" + (stack.isEmpty() ? ", no stack\n" : "\n" + stack);
    }
}
