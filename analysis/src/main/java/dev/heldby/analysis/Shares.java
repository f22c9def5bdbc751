// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many of the references that one holder takes another gives back. */
final class Shares {
    private final Map<List<Site>, Map<List<Site>, Double>> given = new HashMap<>();
    private final Map<List<Site>, Double> allTaken = new HashMap<>();
    private final Map<List<Site>, Double> allGiven = new HashMap<>();

    void add(Stack taken, Stack put, double references) {
        given.computeIfAbsent(taken.holder(), k -> new HashMap<>()).merge(put.holder(), references, Double::sum);
        allTaken.merge(taken.holder(), references, Double::sum);
        allGiven.merge(put.holder(), references, Double::sum);
    }

    boolean isEmpty() {
        return given.isEmpty();
    }

    /**
     * Of the references that are taken so, the share that is given back so, and of those that are given back so, the share
     * that was taken so: the mean of the two, 0 to 1.
     */
    double of(Stack taken, Stack put) {
        return of(taken, put, 1, 1);
    }

    /** The same for one of several gets and one of several puts of the same two holders, between which they are divided. */
    double of(Stack taken, Stack put, int gets, int puts) {
        double references = given.getOrDefault(taken.holder(), Map.of()).getOrDefault(put.holder(), 0.0);
        return references == 0
                ? 0
                : references / allTaken.get(taken.holder()) / puts / 2
                        + references / allGiven.get(put.holder()) / gets / 2;
    }
}
