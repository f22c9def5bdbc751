// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Scores by row and column, in the order in which they came first; a table of their medians. */
public final class Medians {
    private final Map<String, Map<String, List<Double>>> scores = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();

    public void add(String row, String column, double score) {
        columns.add(column);
        scores.computeIfAbsent(row, k -> new LinkedHashMap<>())
                .computeIfAbsent(column, k -> new ArrayList<>())
                .add(score);
    }

    /** Not a number where there is none. */
    public double of(String row, String column) {
        List<Double> sorted = scores.getOrDefault(row, Map.of()).getOrDefault(column, List.of()).stream()
                .sorted()
                .toList();
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
    }

    /**
     * The table.
     *
     * @param cell what to show for a column and the median there
     */
    public String markdown(String title, BiFunction<String, Double, String> cell) {
        StringBuilder text = new StringBuilder(line(title, List.copyOf(columns)))
                .append('|')
                .append("---|".repeat(columns.size() + 1))
                .append('\n');
        for (String row : scores.keySet()) {
            text.append(line(
                    row,
                    columns.stream()
                            .map(column -> cell.apply(column, of(row, column)))
                            .toList()));
        }
        return text.toString();
    }

    private static String line(String first, List<String> others) {
        return "| " + first + " | " + String.join(" | ", others) + " |\n";
    }
}
