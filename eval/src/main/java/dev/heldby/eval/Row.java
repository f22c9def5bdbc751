// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** What is counted of some trials: a row of the table. */
record Row(List<Verdict> verdicts) {
    private static final int THREE = 3;

    static final String HEAD = """
            | workload | defect | planted | suspect first | in three | expected first | in three | found after | Netty names it | alone or first |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    String cells() {
        List<Verdict> known = where(verdict -> verdict.trial().truth().knowsSuspect());
        List<Verdict> leftOut = where(Verdict::isLeftOut);
        List<Verdict> asked = where(Row::wasAsked);
        return String.join(
                " | ",
                Integer.toString(verdicts.size()),
                share(known, Verdict::suspectRank, 1),
                share(known, Verdict::suspectRank, THREE),
                share(leftOut, Verdict::expectedRank, 1),
                share(leftOut, Verdict::expectedAmongThreeRank, THREE),
                median(),
                of(asked.stream().filter(v -> v.trial().paranoid().contains()).count(), asked.size()),
                of(asked.stream().filter(v -> v.trial().paranoid().singled()).count(), asked.size()));
    }

    /** Netty's detector can only be compared where its run met the defect, and where the right answer is known. */
    private static boolean wasAsked(Verdict verdict) {
        Paranoid paranoid = verdict.trial().paranoid();
        return paranoid != null
                && paranoid.spoilt() > 0
                && verdict.trial().truth().knowsSuspect();
    }

    private List<Verdict> where(Predicate<Verdict> wanted) {
        return verdicts.stream().filter(wanted).toList();
    }

    private static String share(List<Verdict> of, ToIntFunction<Verdict> rank, int within) {
        return of(
                of.stream()
                        .mapToInt(rank)
                        .filter(value -> value >= 0 && value < within)
                        .count(),
                of.size());
    }

    static String of(long count, long all) {
        return all == 0 ? "" : count + " of " + all;
    }

    private String median() {
        List<Long> times = verdicts.stream()
                .map(verdict -> verdict.trial().millisToFind())
                .filter(millis -> millis >= 0)
                .sorted()
                .toList();
        return times.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f s", times.get(times.size() / 2) / 1000.0);
    }
}
