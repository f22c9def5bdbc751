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

    static List<String> lines(List<Verdict> verdicts) {
        List<String> lines = new ArrayList<>();
        lines.add("| confidence | first findings | right |");
        lines.add("|---|---|---|");
        for (int i = 0; i + 1 < FROM.length; i++) {
            double from = FROM[i];
            double below = FROM[i + 1];
            List<Verdict> inside = verdicts.stream()
                    .filter(verdict -> !verdict.trial().findings().isEmpty())
                    .filter(verdict -> {
                        double confidence = verdict.trial().findings().get(0).confidence();
                        return confidence >= from && confidence < below;
                    })
                    .toList();
            long right = inside.stream().filter(Verdict::isFirstRight).count();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %s |",
                    below > 1 ? "1" : String.format(Locale.ROOT, "%.2f to %.2f", from, below),
                    inside.size(),
                    Row.of(right, inside.size())));
        }
        return lines;
    }
}
