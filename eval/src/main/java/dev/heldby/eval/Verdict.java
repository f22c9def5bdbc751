// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.Kind;
import java.util.List;
import java.util.function.Predicate;

/** How right HeldBy was about one trial. Ranks are among its findings, from zero; -1 where none of them was right. */
record Verdict(Trial trial) {

    /** Of the first finding of the right kind that names a right suspect. */
    int suspectRank() {
        return first(truth()::isSuspectedBy);
    }

    /** The same among the findings of the right kind alone: what follows from a defect is often of another. */
    int suspectRankInKind() {
        List<Said> alike = trial.findings().stream().filter(this::isKind).toList();
        return first(alike, truth()::isSuspectedBy);
    }

    /** The same if a caller of the right place is right too. */
    int callerRank() {
        return first(said -> isKind(said) && truth().touches(said.site()));
    }

    /** Of the first finding that expects the release at the planted call before anywhere else. */
    int expectedRank() {
        return first(said -> truth().isExpectedBy(said, 1));
    }

    /** Of the first finding that expects it there among three places. */
    int expectedAmongThreeRank() {
        return first(said -> truth().isExpectedBy(said, 3));
    }

    /** Whether anything can be right. */
    boolean canBeJudged() {
        return truth().knowsSuspect() || isLeftOut();
    }

    /** Whether the first finding is right, and whether there is one. */
    boolean isFirstRight() {
        return !trial.findings().isEmpty()
                && truth().isAnsweredBy(trial.findings().get(0));
    }

    /** Whether a release is left out, so that it can be expected: if it never runs, from the code alone. */
    boolean isLeftOut() {
        return trial.kind() == Kind.SKIP;
    }

    /** Whether the release also runs on objects that end well. */
    boolean isPartial() {
        return isLeftOut() && trial.rate() < 1;
    }

    private Truth truth() {
        return trial.truth();
    }

    private boolean isKind(Said said) {
        return truth().isKind(said);
    }

    private int first(Predicate<Said> wanted) {
        return first(trial.findings(), wanted);
    }

    private static int first(List<Said> findings, Predicate<Said> wanted) {
        for (int i = 0; i < findings.size(); i++) {
            if (wanted.test(findings.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
