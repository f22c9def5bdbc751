// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How often first findings of a confidence are right. */
final class Calibration {
    /** Lower bounds; what is just below the next belongs to the bucket. */
    private static final double[] FROM = {0, 0.5, 0.6, 0.75, 0.9, 0.95, 1, 2};

    private Calibration() {}

    /** A table of buckets. */
    static List<String> lines(List<Verdict> verdicts) {
        List<String> lines = new ArrayList<>();
        lines.add("| confidence | first findings | right |");
        lines.add("|---|---|---|");
        for (int i = 0; i + 1 < FROM.length; i++) {
            List<Verdict> inside = inside(verdicts, i);
            lines.add("| " + name(i) + " | " + inside.size() + " | " + Row.of(right(inside), inside.size()) + " |");
        }
        return lines;
    }

    /** The buckets that have any, as a chart: what was right, over what was said. */
    static List<String> curve(List<Verdict> verdicts) {
        List<String> said = new ArrayList<>();
        List<String> right = new ArrayList<>();
        for (int i = 0; i + 1 < FROM.length; i++) {
            List<Verdict> inside = inside(verdicts, i);
            if (!inside.isEmpty()) {
                said.add(percent(inside.stream()
                        .mapToDouble(Calibration::confidence)
                        .average()
                        .orElseThrow()));
                right.add(percent((double) right(inside) / inside.size()));
            }
        }
        return List.of(
                "```mermaid",
                "xychart-beta",
                "    title \"What was right (bars), where so much was said (line)\"",
                "    x-axis \"confidence, percent\" [" + String.join(", ", said) + "]",
                "    y-axis \"right, percent\" 0 --> 100",
                "    bar [" + String.join(", ", right) + "]",
                "    line [" + String.join(", ", said) + "]",
                "```");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f", 100 * share);
    }

    private static String name(int bucket) {
        return FROM[bucket + 1] > 1 ? "1" : String.format(Locale.ROOT, "%.2f to %.2f", FROM[bucket], FROM[bucket + 1]);
    }

    private static List<Verdict> inside(List<Verdict> verdicts, int bucket) {
        return verdicts.stream()
                .filter(verdict -> !verdict.trial().findings().isEmpty())
                .filter(verdict -> confidence(verdict) >= FROM[bucket] && confidence(verdict) < FROM[bucket + 1])
                .toList();
    }

    private static double confidence(Verdict verdict) {
        return verdict.trial().findings().get(0).confidence();
    }

    private static long right(List<Verdict> verdicts) {
        return verdicts.stream().filter(Verdict::isFirstRight).count();
    }
}
