// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * Which put of one history gives back which get.
 *
 * <p>The pairs are those with the greatest sum of weights in which every put comes after its get. What stays without a
 * partner is suspect; how much weight is lost when it has to have one says how sure that is. Events with equal program
 * frames count as one candidate. At most n + 1 pairings are made, O(n^4) for one history.
 */
final class Matching {
    /** Differences up to this are noise: thread and recency alone do not convict. */
    static final double TIE = 0.15;

    /** More than the weights of a whole history. */
    private static final double FORCE = 1000;

    private final List<Reference> rows;
    private final List<Reference> columns;
    private final double[][] weights;
    private final Assignment best;

    /** A taken reference and the put that gave it back. */
    record Pair(Reference taken, Reference given) {}

    /**
     * An event without a partner.
     *
     * @param margin the weight lost when it has one instead of another event, infinite where it cannot have one
     * @param rivals other events that could be without a partner about as well
     */
    record Candidate(Reference reference, double margin, List<Reference> rivals) {}

    private Matching(List<Reference> rows, List<Reference> columns, double[][] weights) {
        this.rows = rows;
        this.columns = columns;
        this.weights = weights;
        best = Assignment.of(weights, columns.size());
    }

    /** For the gets of a history: which of them stayed open. */
    static Matching ofTaken(
            List<Reference> taken, List<Reference> given, ToDoubleBiFunction<Reference, Reference> weight) {
        double[][] weights = new double[taken.size()][given.size()];
        for (int i = 0; i < taken.size(); i++) {
            for (int j = 0; j < given.size(); j++) {
                weights[i][j] = weight(taken.get(i), given.get(j), weight);
            }
        }
        return new Matching(taken, given, weights);
    }

    /** For the puts of a history: which of them had nothing to give back. */
    static Matching ofGiven(
            List<Reference> taken, List<Reference> given, ToDoubleBiFunction<Reference, Reference> weight) {
        double[][] weights = new double[given.size()][taken.size()];
        for (int i = 0; i < given.size(); i++) {
            for (int j = 0; j < taken.size(); j++) {
                weights[i][j] = weight(taken.get(j), given.get(i), weight);
            }
        }
        return new Matching(given, taken, weights);
    }

    private static double weight(Reference taken, Reference given, ToDoubleBiFunction<Reference, Reference> weight) {
        return taken.position() < given.position() ? weight.applyAsDouble(taken, given) : Assignment.FORBIDDEN;
    }

    List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int column = best.columnOfRow()[i];
            if (column >= 0) {
                Reference row = rows.get(i);
                Reference other = columns.get(column);
                pairs.add(row.position() < other.position() ? new Pair(row, other) : new Pair(other, row));
            }
        }
        return pairs;
    }

    /** Those without a partner, in order; where gaps in the record left none, the one that is missed least. */
    List<Candidate> unpaired() {
        Map<List<Site>, Integer> open = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (best.columnOfRow()[i] < 0) {
                open.put(program(i), i);
            }
        }
        if (open.isEmpty()) {
            return leastMissed();
        }
        List<Reference> rivals = rivals(open);
        return open.values().stream()
                .map(row -> new Candidate(rows.get(row), margin(row), rivals))
                .toList();
    }

    private List<Site> program(int row) {
        return rows.get(row).stack().program();
    }

    private List<Reference> rivals(Map<List<Site>, Integer> open) {
        Map<List<Site>, Reference> rivals = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            if (!open.containsKey(program(i)) && without(i) >= best.weight() - TIE) {
                rivals.put(program(i), rows.get(i));
            }
        }
        return List.copyOf(rivals.values());
    }

    private List<Candidate> leastMissed() {
        Map<List<Site>, Reference> places = new LinkedHashMap<>();
        Map<List<Site>, Double> rest = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            places.put(program(i), rows.get(i));
            rest.merge(program(i), without(i), Math::max);
        }
        List<List<Site>> order = new ArrayList<>(rest.keySet());
        order.sort(Comparator.comparing(rest::get).reversed());
        double most = rest.get(order.get(0));
        List<Reference> rivals = order.stream()
                .skip(1)
                .filter(place -> rest.get(place) >= most - TIE)
                .map(places::get)
                .toList();
        double margin = order.size() == 1 ? Double.POSITIVE_INFINITY : most - rest.get(order.get(1));
        return List.of(new Candidate(places.get(order.get(0)), margin, rivals));
    }

    private double without(int row) {
        double[][] rest = weights.clone();
        rest[row] = new double[columns.size()];
        Arrays.fill(rest[row], Assignment.FORBIDDEN);
        return Assignment.of(rest, columns.size()).weight();
    }

    private double margin(int row) {
        double[][] forced = weights.clone();
        int paired = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (program(i).equals(program(row))) {
                paired += best.columnOfRow()[i] >= 0 ? 1 : 0;
                forced[i] = Arrays.stream(weights[i])
                        .map(w -> w > Assignment.FORBIDDEN ? w + FORCE : w)
                        .toArray();
            }
        }
        double weight = Assignment.of(forced, columns.size()).weight() - FORCE * paired;
        return weight < FORCE / 2 ? Double.POSITIVE_INFINITY : best.weight() - (weight - FORCE);
    }
}
