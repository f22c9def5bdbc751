// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import dev.heldby.analysis.Finding.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Two histories as one list, as {@code diff} shows two files: what both have once, and before each other step who had it.
 * By the longest common subsequence; a step is an operation and its place. Costs the product of the lengths, which are bounded.
 */
final class PathDiff {
    private final List<Step> leaked;
    private final List<Step> healthy;
    /** The longest common part of what follows each pair of steps. */
    private final int[][] common;

    PathDiff(List<Step> leaked, List<Step> healthy) {
        this.leaked = leaked;
        this.healthy = healthy;
        common = new int[leaked.size() + 1][healthy.size() + 1];
        for (int i = leaked.size() - 1; i >= 0; i--) {
            for (int j = healthy.size() - 1; j >= 0; j--) {
                common[i][j] = alike(i, j) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
    }

    private boolean alike(int i, int j) {
        return leaked.get(i).op() == healthy.get(j).op()
                && Objects.equals(leaked.get(i).site(), healthy.get(j).site());
    }

    /** For each healthy step the index of the leaked one that it is like, or -1. */
    int[] matches() {
        int[] matches = new int[healthy.size()];
        int i = 0;
        int j = 0;
        while (j < healthy.size()) {
            if (i < leaked.size() && alike(i, j)) {
                matches[j++] = i++;
            } else if (i == leaked.size() || common[i][j + 1] >= common[i + 1][j]) {
                matches[j++] = -1;
            } else {
                i++;
            }
        }
        return matches;
    }

    /** Each step after a blank, a {@code -} for the leaked object alone, or a {@code +} for the healthy one alone. */
    List<String> lines(Function<Step, String> text) {
        List<String> lines = new ArrayList<>();
        int[] matches = matches();
        int i = 0;
        for (int j = 0; j < healthy.size(); j++) {
            for (; i < matches[j]; i++) {
                lines.add("- " + text.apply(leaked.get(i)));
            }
            if (matches[j] < 0) {
                lines.add("+ " + text.apply(healthy.get(j)));
            } else {
                lines.add("  " + text.apply(leaked.get(i++)));
            }
        }
        leaked.subList(i, leaked.size()).forEach(step -> lines.add("- " + text.apply(step)));
        return lines;
    }
}
