// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.cli.path.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block and what points to it from outside of the Java heap, as the agent tells. */
final class HeldBlock {
    private static final Pattern BLOCK =
            Pattern.compile("(block 0x([0-9a-f]+) \\(size (\\d+)\\))(?: at (\\d+) points to 0x([0-9a-f]+))?");

    private static final String MEMORY = "memory ";

    private final List<String> memory = new ArrayList<>();
    private final Map<Long, String> links = new HashMap<>();
    private final Map<Long, Long> heldBy = new HashMap<>();
    private final Target target = Target.memory();
    private final Map<Long, Integer> steps = new HashMap<>();

    HeldBlock(String told) {
        told.lines().forEach(this::read);
    }

    private void read(String line) {
        Matcher block = BLOCK.matcher(line);
        if (line.startsWith(MEMORY)) {
            memory.add(line);
        } else if (block.matches()) {
            add(block);
        }
    }

    /** The lines come in the order of the steps, so the first of a block is the shortest way. */
    private void add(Matcher block) {
        long start = Long.parseLong(block.group(2), 16);
        if (steps.containsKey(start)) {
            return;
        }
        String held = block.group(5);
        int distance = 0;
        if (held != null) {
            long next = Long.parseLong(held, 16);
            distance = steps.getOrDefault(next, 0) + 1;
            heldBy.put(start, next);
        }
        steps.put(start, distance);
        links.put(start, block.group(1) + (block.group(4) == null ? "" : " +" + block.group(4)));
        target.range(start, Long.parseLong(block.group(3)), distance);
    }

    Target target() {
        return target;
    }

    /** The blocks from that one on to the one in question. */
    List<String> chain(long from) {
        List<String> chain = new ArrayList<>();
        Long at = from;
        while (at != null) {
            chain.add(links.get(at));
            at = heldBy.get(at);
        }
        return chain;
    }

    /** Words outside of the heap and of all blocks, a line each. */
    List<String> memory() {
        return memory;
    }
}
