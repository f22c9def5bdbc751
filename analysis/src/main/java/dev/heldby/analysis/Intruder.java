// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The put that ended an object too early: one that gave back somebody else's reference.
 *
 * <p>An object that is used after its last put has as many puts as gets, and still one of them may be wrong: released twice, or
 * without a get of its own. It is then the partner of a get that healthy objects give back elsewhere. Where every get has a
 * partner that healthy objects know, nobody intruded, and the use is what is wrong.
 *
 * @param put the one without a reference of its own
 * @param confidence how sure that is
 */
record Intruder(Reference put, Confidence confidence) {
    /** Of a get's partners on healthy objects, one that is seen less than this is none, if another is seen at least that. */
    private static final double SELDOM = 0.2;

    private static final double MOSTLY = 0.5;

    /** Empty where nobody intruded, or nothing is known. */
    static Optional<Intruder> of(Case of) {
        List<Reference> taken = of.taken();
        List<Reference> given = of.given();
        if (taken.isEmpty() || given.isEmpty()) {
            return Optional.empty();
        }
        return Matching.ofTaken(taken, given, of.weight()).pairs().stream()
                .filter(pair -> !pair.given().stack().isEmpty())
                .filter(pair -> of.model().shareOfMost(pair.taken()) >= MOSTLY)
                .filter(pair -> of.model().share(pair.taken(), pair.given()) < SELDOM)
                .max(Comparator.comparingDouble(pair -> of.model().shareOfMost(pair.taken())))
                .map(pair -> new Intruder(pair.given(), confidence(of, pair)));
    }

    private static Confidence confidence(Case of, Matching.Pair pair) {
        double share = of.model().shareOfMost(pair.taken());
        Confidence confidence =
                new Confidence(share >= 0.9 ? 0.95 : 0.75, share >= 0.9 ? "" : "others end otherwise too");
        return of.history().dropped() > 0 ? confidence.lowered(0.7, "events of the history were dropped") : confidence;
    }
}
