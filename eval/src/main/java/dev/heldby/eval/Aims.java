// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What accuracy is aimed at, and what is reached. */
final class Aims {
    private static final double PARTIAL = 0.95;
    private static final double ALWAYS = 0.8;
    private static final double SURPLUS = 0.9;
    private static final long MILLIS = 10_000;

    /** The last seed whose defects were looked at while the analysis was written. */
    private static final long LAST_SEEN = 15;

    private final List<Verdict> verdicts;
    private final List<Results.Quiet> quiet;

    Aims(List<Verdict> verdicts, List<Results.Quiet> quiet) {
        this.verdicts = verdicts;
        this.quiet = quiet;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| aim | wanted | of | reached | of them unseen | reached | |");
        lines.add("|---|---|---|---|---|---|---|");
        lines.add(share(
                "the planted call is the first expected one, where it also runs on healthy objects",
                Verdict::isPartial,
                verdict -> verdict.expectedRank() == 0,
                PARTIAL));
        lines.add(share(
                "the same, where it never runs",
                verdict -> verdict.isLeftOut() && !verdict.isPartial(),
                verdict -> verdict.expectedRank() == 0,
                ALWAYS));
        lines.add(share(
                "the reference left open is the first suspect, where the planted call also runs on healthy objects",
                verdict -> verdict.isPartial() && knows(verdict),
                verdict -> verdict.suspectRank() == 0,
                PARTIAL));
        lines.add(share(
                "the same, where it never runs",
                verdict -> verdict.isLeftOut() && !verdict.isPartial() && knows(verdict),
                verdict -> verdict.suspectRank() == 0,
                ALWAYS));
        lines.add(share(
                "the release too many is the first suspect",
                verdict -> isSurplus(verdict) && knows(verdict),
                verdict -> verdict.suspectRank() == 0,
                SURPLUS));
        lines.add(share(
                "the same among the findings of surplus releases",
                verdict -> isSurplus(verdict) && knows(verdict),
                verdict -> verdict.suspectRankInKind() == 0,
                SURPLUS));
        lines.add(median());
        long loud = quiet.stream().filter(run -> run.findings() > 0).count();
        lines.add("| no findings without a defect | none | " + quiet.size() + " runs | " + (quiet.size() - loud)
                + " silent |  |  | " + met(loud == 0 && !quiet.isEmpty()) + " |");
        return lines;
    }

    private static boolean knows(Verdict verdict) {
        return verdict.trial().truth().knowsSuspect();
    }

    private static boolean isSurplus(Verdict verdict) {
        return verdict.trial().kind() == Kind.DOUBLE || verdict.trial().kind() == Kind.DROP_RETAIN;
    }

    private String share(String aim, Predicate<Verdict> concerned, Predicate<Verdict> right, double wanted) {
        List<Verdict> all = verdicts.stream().filter(concerned).toList();
        List<Verdict> unseen = all.stream()
                .filter(verdict -> verdict.trial().chosenBy() > LAST_SEEN)
                .toList();
        double reached = share(all, right);
        return String.format(
                Locale.ROOT,
                "| %s | at least %.0f %% | %d | %s | %d | %s | %s |",
                aim,
                100 * wanted,
                all.size(),
                percent(reached),
                unseen.size(),
                percent(share(unseen, right)),
                all.isEmpty() ? "not measured" : met(reached >= wanted));
    }

    /** NaN of none. */
    private static double share(List<Verdict> verdicts, Predicate<Verdict> right) {
        return (double) verdicts.stream().filter(right).count() / verdicts.size();
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private String median() {
        List<Long> times = verdicts.stream()
                .map(verdict -> verdict.trial().millisToFind())
                .filter(millis -> millis >= 0)
                .sorted()
                .toList();
        long median = times.isEmpty() ? Long.MAX_VALUE : times.get(times.size() / 2);
        return String.format(
                Locale.ROOT,
                "| median time to the first right finding | under %d s | %d | %.1f s |  |  | %s |",
                MILLIS / 1000,
                times.size(),
                times.isEmpty() ? 0 : median / 1000.0,
                met(median < MILLIS));
    }

    private static String met(boolean met) {
        return met ? "met" : "missed";
    }
}
