// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The put of an object that was used after its last put, if that put gave back somebody else's reference: then the use is right
 * and the put is wrong, though there are no more puts than gets.
 *
 * <p>Healthy objects show which put goes with which get. A get that they know is given back only as they do; a put that finds
 * no such get was made twice, or too early, or its own get is missing. Where every put finds its get, everybody gave back his own.
 *
 * @param confidence how sure that is
 */
record Excess(Reference put, Confidence confidence) {
    /** What healthy objects do is no law. */
    private static final double MOST = 0.95;

    /** Empty where no put is in excess, or too little is known. */
    static Optional<Excess> of(Case of) {
        if (of.given().isEmpty()
                || of.given().stream().anyMatch(put -> put.stack().isEmpty())) {
            return Optional.empty();
        }
        Matching matching = Matching.ofGiven(
                of.taken(),
                of.given(),
                (get, put) -> isStrange(of, get, put)
                        ? Assignment.FORBIDDEN
                        : of.weight().applyAsDouble(get, put));
        if (matching.pairs().size() == of.given().size()) {
            return Optional.empty();
        }
        List<Matching.Candidate> unpaired = matching.unpaired();
        Matching.Candidate last = unpaired.get(unpaired.size() - 1);
        Confidence confidence = of.confidence(last, unpaired);
        return Optional.of(
                new Excess(last.reference(), confidence.value() < MOST ? confidence : new Confidence(MOST, "")));
    }

    /** A put at a line where healthy objects give back nothing goes by its method: it may have been moved there. */
    private static boolean isStrange(Case of, Reference get, Reference put) {
        Lessons lessons = of.model().lessons();
        Set<List<Site>> partners = lessons.partners(get.stack()).keySet();
        if (partners.isEmpty()) {
            return false;
        }
        return of.model().knowsPut(put.stack())
                ? lessons.share(get.stack(), put.stack()) == 0
                : !partners.contains(put.stack().holderMethods());
    }
}
