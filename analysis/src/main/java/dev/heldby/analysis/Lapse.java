// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Op;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A use through a variable whose reference had been given back, while others held the object. */
final class Lapse {
    /** What a parameter lends may be its caller's. */
    static final Confidence OF_PARAMETER =
            new Confidence(0.75, "its caller may hold a reference of its own while it is used");

    private static final double SURE = 0.9;

    private Lapse() {}

    static Suspicion of(Case of, Confidence confidence) {
        Stack use = of.last();
        if (use.isEmpty()) {
            return of.unplaced(Finding.Kind.LAPSED_USE, Op.USE);
        }
        Site put = put(of, use)
                .map(given -> of.site(given.stack(), of.stacks(Op.PUT)))
                .orElse(null);
        Site site = of.site(use, of.stacks(Op.USE));
        return new Suspicion(of, Finding.Kind.LAPSED_USE, Op.USE, use, site, confidence, List.of(), put);
    }

    /** The put of the same variable: the last of that thread which the innermost method that the use went through, too, made itself. */
    private static Optional<Reference> put(Case of, Stack use) {
        String thread = of.lastThread();
        return of.given().stream()
                .filter(given ->
                        given.event().thread().equals(thread) && !given.stack().isEmpty())
                .max(Comparator.<Reference>comparingInt(given -> -framesApart(given.stack(), use))
                        .thenComparingInt(given -> given.stack().shared(use))
                        .thenComparingInt(Reference::position));
    }

    private static int framesApart(Stack put, Stack use) {
        return put.program().size() - put.shared(use);
    }

    /**
     * Who held the object when it was used: whose get is left when that put has given back what its own method had, and not what another one
     * took. Empty where that is not known for sure.
     */
    static Optional<Site> holder(Case of) {
        Reference lapse = of.last().isEmpty() ? null : put(of, of.last()).orElse(null);
        if (lapse == null || of.taken().stream().anyMatch(get -> !get.isBirth() && isOfSameMethod(get, lapse))) {
            return Optional.empty();
        }
        Matching matching = Matching.ofTaken(
                of.taken(),
                of.given(),
                (get, put) -> put.equals(lapse) && !get.isBirth()
                        ? Assignment.FORBIDDEN
                        : of.weight().applyAsDouble(get, put));
        if (matching.pairs().size() == of.taken().size()) {
            return Optional.empty();
        }
        List<Matching.Candidate> open = matching.unpaired();
        return open.stream()
                .filter(candidate -> open.size() == 1
                        && !candidate.reference().stack().isEmpty()
                        && of.confidence(candidate, open).value() >= SURE)
                .map(candidate -> candidate.reference().stack())
                .map(stack ->
                        of.site(stack, of.taken().stream().map(Reference::stack).toList()))
                .findFirst();
    }

    private static boolean isOfSameMethod(Reference get, Reference put) {
        return get.stack().isEmpty()
                || get.stack().site().sameMethod(put.stack().site());
    }
}
