// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How likely a put gives back what a get took, judged from the two stacks alone.
 *
 * <pre>
 *  nesting  0..1   the deeper the method that made both calls, and the nearer both are to it, the more
 *  classes  0..1   the same classes between that method and the two events, the innermost ones counting most
 *  thread   0.1    both on one thread
 *  recency  0.02   the later the get among those still open, the more: decides only between equals
 * </pre>
 */
final class Affinity {
    private static final double THREAD = 0.1;
    private static final double RECENCY = 0.02;

    private final int base;

    /** @param all every stack of the history: what all of them passed tells nothing and is not counted */
    Affinity(List<Stack> all) {
        base = all.stream().mapToInt(all.get(0)::shared).min().orElse(0);
    }

    double between(Reference taken, Reference given) {
        int shared = taken.stack().shared(given.stack());
        double thread = taken.event().thread() != null
                        && taken.event().thread().equals(given.event().thread())
                ? THREAD
                : 0;
        double recency = RECENCY / (given.position() - taken.position());
        return nesting(taken.stack(), given.stack(), shared)
                + classes(taken.stack(), given.stack(), shared)
                + thread
                + recency;
    }

    private double nesting(Stack taken, Stack given, int shared) {
        int beyond = taken.program().size() + given.program().size() - 2 * shared;
        double depth = Math.max(1, shared - base + 1);
        return depth / (depth + beyond / 2.0);
    }

    private static double classes(Stack taken, Stack given, int shared) {
        Map<String, Double> mine = holders(taken.program(), shared);
        Map<String, Double> theirs = holders(given.program(), shared);
        double both = 0;
        double either = 0;
        for (Map.Entry<String, Double> entry : mine.entrySet()) {
            double other = theirs.getOrDefault(entry.getKey(), 0.0);
            both += Math.min(entry.getValue(), other);
            either += Math.max(entry.getValue(), other);
        }
        for (Map.Entry<String, Double> entry : theirs.entrySet()) {
            either += mine.containsKey(entry.getKey()) ? 0 : entry.getValue();
        }
        return either == 0 ? 0 : both / either;
    }

    /** The classes within the shared calls, or that of the method which made them if it acted itself. */
    private static Map<String, Double> holders(List<Site> program, int shared) {
        Map<String, Double> weights = new HashMap<>();
        int own = Math.max(program.size() - shared, Math.min(1, program.size()));
        for (int i = 0; i < own; i++) {
            weights.putIfAbsent(program.get(i).className(), 1.0 / (1 + i));
        }
        return weights;
    }
}
