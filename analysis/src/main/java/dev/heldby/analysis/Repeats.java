// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.List;
import java.util.Optional;

/** A put that one life has more often than any that ended well: whoever made it made it once too often. */
final class Repeats {
    /** What healthy objects do is no law. */
    static final Confidence CONFIDENCE = new Confidence(0.95, "");

    private Repeats() {}

    /** Empty where there is none, where there are several, or where no healthy life has the put at all. */
    static Optional<Reference> of(Case of) {
        List<Reference> repeated = of.given().stream()
                .filter(put -> !put.stack().isEmpty() && isLast(put, of.given()))
                .filter(put -> isTooOften(put.stack(), of))
                .toList();
        return repeated.size() == 1 ? Optional.of(repeated.get(0)) : Optional.empty();
    }

    private static boolean isLast(Reference put, List<Reference> given) {
        return given.stream()
                .noneMatch(other ->
                        other.position() > put.position() && other.stack().sameProgram(put.stack()));
    }

    private static boolean isTooOften(Stack put, Case of) {
        long times = times(put, of.given().stream().map(Reference::stack).toList());
        long most = of.model().lives(of.birth()).stream()
                .mapToLong(life -> times(put, life.puts()))
                .max()
                .orElse(0);
        return most > 0 && times > most;
    }

    private static long times(Stack put, List<Stack> puts) {
        return puts.stream().filter(put::sameHolder).count();
    }
}
