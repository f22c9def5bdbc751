// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How many of the references that one holder takes another gives back. */
final class Shares {
    /** What of a stack says who it was. */
    private final Function<Stack, List<Site>> holder;

    private final Map<List<Site>, Map<List<Site>, Double>> given = new HashMap<>();
    private final Map<List<Site>, Double> allTaken = new HashMap<>();
    private final Map<List<Site>, Double> allGiven = new HashMap<>();

    Shares(Function<Stack, List<Site>> holder) {
        this.holder = holder;
    }

    void add(Stack taken, Stack put, double references) {
        given.computeIfAbsent(holder.apply(taken), k -> new HashMap<>())
                .merge(holder.apply(put), references, Double::sum);
        allTaken.merge(holder.apply(taken), references, Double::sum);
        allGiven.merge(holder.apply(put), references, Double::sum);
    }

    boolean knows(Stack put) {
        return allGiven.containsKey(holder.apply(put));
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
        double references = given.getOrDefault(holder.apply(taken), Map.of()).getOrDefault(holder.apply(put), 0.0);
        return references == 0
                ? 0
                : references / allTaken.get(holder.apply(taken)) / puts / 2
                        + references / allGiven.get(holder.apply(put)) / gets / 2;
    }
}
