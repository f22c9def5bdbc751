// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Methods that take or give back on behalf of several callers, such as a {@code begin} around {@code retain}: runs of
 * innermost program frames from which the gets, or puts, of one healthy object went on to different callers.
 */
final class Wrappers {
    private final Set<List<Site>> prefixes = new HashSet<>();

    /**
     * @param partner the put of this get, or the get of this put: the method that made both calls is the holder itself
     * @param alike the gets, or puts, of the same object
     */
    void learn(Stack stack, Stack partner, List<Stack> alike) {
        int holder = Math.min(
                stack.program().size() - stack.shared(partner), stack.program().size() - 1);
        for (int i = 1; i <= holder; i++) {
            int depth = i;
            if (alike.stream().anyMatch(other -> wentOnElsewhere(stack, other, depth))) {
                prefixes.add(stack.program().subList(0, depth));
            }
        }
    }

    private static boolean wentOnElsewhere(Stack stack, Stack other, int depth) {
        return other.program().size() > depth
                && stack.startsLike(other, depth)
                && !stack.program().get(depth).sameMethod(other.program().get(depth));
    }

    /** Where the stack differs from the others of its history; if at once, its innermost frame that is no wrapper. */
    @SuppressWarnings("ReferenceEquality")
    Site siteAgainst(Stack stack, List<Stack> others) {
        Site site = stack.siteAgainst(others);
        if (site != stack.site()) {
            return site;
        }
        int depth = 0;
        while (depth + 1 < stack.program().size()
                && prefixes.contains(stack.program().subList(0, depth + 1))) {
            depth++;
        }
        return stack.program().get(depth);
    }
}
