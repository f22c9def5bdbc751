// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where findings expect the releases that they lack: what the objects of a finding, and the findings of a rule, have in common. */
final class Expectations {
    private static final Comparator<Finding.Expected> LIKELIEST = Comparator.comparingDouble(
                    Finding.Expected::confidence)
            .thenComparingLong(Finding.Expected::support)
            .reversed();

    private Expectations() {}

    /** Those of one finding: the mean over its objects. What only some of them could lack falls back. */
    static List<Finding.Expected> pooled(List<Suspicion> all) {
        return mean(bestKnown(all));
    }

    /** Those whose uses were looked at, if there are any: they speak for the others. */
    private static List<Suspicion> bestKnown(List<Suspicion> all) {
        List<Suspicion> seen = all.stream().filter(one -> one.of().isLookedAt()).toList();
        return seen.isEmpty() ? all : seen;
    }

    private static List<Finding.Expected> mean(List<Suspicion> owners) {
        long all = owners.stream().mapToLong(one -> one.observation().count()).sum();
        Map<Site, Finding.Expected> pooled = new LinkedHashMap<>();
        for (Suspicion owner : owners) {
            double share = (double) owner.observation().count() / Math.max(1, all);
            for (Finding.Expected expected : owner.expected()) {
                Finding.Expected part = with(expected, expected.site(), share * expected.confidence());
                pooled.merge(expected.site(), part, Expectations::and);
            }
        }
        return pooled.values().stream().sorted(LIKELIEST).toList();
    }

    private static Finding.Expected and(Finding.Expected one, Finding.Expected other) {
        return new Finding.Expected(
                one.site(),
                one.stack(),
                Math.max(one.support(), other.support()),
                one.confidence() + other.confidence());
    }

    private static Finding.Expected with(Finding.Expected expected, Site site, double confidence) {
        return new Finding.Expected(site, expected.stack(), expected.support(), confidence);
    }

    /**
     * Those of several findings of one rule, in their order: where callers of one method all lack the release that they make
     * through it, it is the method that does not release.
     */
    static List<List<Finding.Expected>> seenThrough(List<List<Finding.Expected>> each) {
        Map<Site, Set<Site>> callers = new HashMap<>();
        for (List<Finding.Expected> expected : each) {
            if (!expected.isEmpty() && expected.get(0).support() > 0) {
                callers.computeIfAbsent(innermost(expected.get(0)), k -> new HashSet<>())
                        .add(expected.get(0).site());
            }
        }
        List<List<Finding.Expected>> through = new ArrayList<>();
        for (List<Finding.Expected> expected : each) {
            Map<Site, Finding.Expected> merged = new LinkedHashMap<>();
            for (Finding.Expected one : expected) {
                boolean shared = callers.getOrDefault(innermost(one), Set.of()).size() > 1;
                Site site = shared ? innermost(one) : one.site();
                merged.merge(site, with(one, site, one.confidence()), Expectations::and);
            }
            through.add(List.copyOf(merged.values()));
        }
        return through;
    }

    /** Those of findings that were missed equally often, so by one and the same release: the place that most of them expect counts most. */
    static List<List<Finding.Expected>> agreed(List<List<Finding.Expected>> each) {
        Map<Site, Double> votes = new HashMap<>();
        each.forEach(expected ->
                expected.forEach(one -> votes.merge(one.site(), one.confidence() / each.size(), Double::sum)));
        return each.stream()
                .map(expected -> expected.stream()
                        .map(one -> with(one, one.site(), votes.get(one.site())))
                        .sorted(LIKELIEST)
                        .toList())
                .toList();
    }

    private static Site innermost(Finding.Expected expected) {
        return expected.stack().stream()
                .filter(frame -> !frame.plumbing())
                .findFirst()
                .orElse(expected.site());
    }
}
