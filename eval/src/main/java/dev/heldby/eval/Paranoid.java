// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * What Netty's own detector said at its highest level.
 *
 * @param spoilt how often the call was spoilt in that run; the detector's wrappers take other ways through Netty
 * @param reports how many leaks it reported
 * @param contains whether a report has a right suspect's place among its records
 * @param singled whether that place is told apart there: the only record, or the first
 */
record Paranoid(long spoilt, int reports, boolean contains, boolean singled) {
    private static final String LEAK = "LEAK: ";
    private static final String CREATED = "Created at:";

    static Paranoid of(long spoilt, List<String> log, Truth truth) {
        List<List<List<String>>> reports = reports(log);
        boolean contains = false;
        boolean singled = false;
        for (List<List<String>> records : reports) {
            for (int i = 0; i < records.size(); i++) {
                if (names(records.get(i), truth)) {
                    contains = true;
                    singled |= i == 0;
                }
            }
        }
        return new Paranoid(spoilt, reports.size(), contains, singled);
    }

    private static boolean names(List<String> frames, Truth truth) {
        return frames.stream()
                .anyMatch(frame -> truth.suspects().stream()
                        .anyMatch(act -> frame.endsWith(act.get(0).inTrace())));
    }

    /** For each report its records, most recent first, and of each the frames. */
    private static List<List<List<String>>> reports(List<String> log) {
        List<List<List<String>>> reports = new ArrayList<>();
        List<List<String>> records = List.of();
        for (String raw : log) {
            String line = raw.strip();
            if (line.contains(LEAK)) {
                records = new ArrayList<>();
                reports.add(records);
            } else if (line.matches("#\\d+:") || line.equals(CREATED)) {
                records.add(new ArrayList<>());
            } else if (line.endsWith(")") && !records.isEmpty()) {
                records.get(records.size() - 1).add(line);
            } else if (!line.startsWith("Hint:")) {
                records = line.startsWith("Recent access") ? records : new ArrayList<>();
            }
        }
        return reports;
    }
}
