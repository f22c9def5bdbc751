// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.Kind;
import java.util.List;
import java.util.function.Predicate;

/** How right HeldBy was about one trial. Ranks count from zero; -1 where nothing was right. */
record Verdict(Trial trial) {

    /** Rank of the first finding of the right kind that names a right suspect. */
    int suspectRank() {
        return first(trial.findings(), this::isRight);
    }

    /** The same if a caller of the right place is right too. */
    int callerRank() {
        return first(trial.findings(), said -> isKind(said) && trial.truth().touches(said.site()));
    }

    /** Rank of the planted call among the places where the first right finding expects the release. */
    int expectedRank() {
        int rank = suspectRank();
        Place planted = trial.truth().expected();
        return rank < 0 || planted == null
                ? -1
                : first(trial.findings().get(rank).expected(), planted::sameAs);
    }

    /** Whether the release also runs on objects that end well. */
    boolean isPartial() {
        return trial.kind() == Kind.SKIP && trial.rate() < 1;
    }

    boolean isRight(Said said) {
        return isKind(said) && trial.truth().names(said.site());
    }

    private boolean isKind(Said said) {
        return said.kind().equals(trial.truth().kind());
    }

    private static <T> int first(List<T> all, Predicate<T> wanted) {
        for (int i = 0; i < all.size(); i++) {
            if (wanted.test(all.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
