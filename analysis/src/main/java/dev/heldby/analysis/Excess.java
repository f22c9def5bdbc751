// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The put that one object has more often than its gets account for.
 *
 * <p>Healthy objects show which put goes with which get. Each get of the object in question claims its put; a put beyond what is
 * claimed gave back somebody else's reference: it was made twice, or its get is missing. That holds whoever got the
 * exception, and for an object that was used after its last put too, whose puts are no more than its gets. Where nothing is
 * in excess, everybody gave back his own.
 *
 * <p>Goes by methods, not by lines: a release that was moved within its method is not another one.
 *
 * @param put the last of those in excess
 * @param confidence how sure that is
 */
record Excess(Reference put, Confidence confidence) {
    private static final double KNOWN = 0.95;
    private static final double FOREIGN = 0.9;
    private static final double AMONG_OTHERS = 0.75;
    private static final double GAPS = 0.7;

    /** Empty where nothing is in excess, or nothing is known. */
    static Optional<Excess> of(Case of) {
        Map<List<Site>, Integer> unclaimed = new LinkedHashMap<>();
        Map<List<Site>, Reference> last = new LinkedHashMap<>();
        for (Reference put : of.given()) {
            if (put.stack().isEmpty()) {
                return Optional.empty();
            }
            unclaimed.merge(put.stack().holderMethods(), 1, Integer::sum);
            last.put(put.stack().holderMethods(), put);
        }
        List<Map<List<Site>, Long>> claims = of.taken().stream()
                .map(get -> of.model().lessons().partners(get.stack()))
                .toList();
        claims.stream()
                .sorted(Comparator.comparingInt(Map::size))
                .forEach(partners ->
                        claimed(partners, unclaimed).ifPresent(put -> unclaimed.merge(put, -1, Integer::sum)));
        long strangers = claims.stream().filter(Map::isEmpty).count();
        List<List<Site>> excess = new ArrayList<>(unclaimed.keySet());
        excess.removeIf(put -> unclaimed.get(put) <= 0);
        if (excess.stream().mapToInt(unclaimed::get).sum() <= strangers) {
            return Optional.empty(); // The gets that nobody knows account for them.
        }
        return guilty(of.model(), excess, unclaimed, strangers > 0)
                .map(put -> new Excess(last.get(put), confidence(of, put, excess.size() == 1 && strangers == 0)));
    }

    /** Of a get's partners the most usual one that is not claimed yet: a get that has one alone claims before others. */
    private static Optional<List<Site>> claimed(Map<List<Site>, Long> partners, Map<List<Site>, Integer> unclaimed) {
        return partners.keySet().stream()
                .filter(put -> unclaimed.getOrDefault(put, 0) > 0)
                .max(Comparator.comparingLong(partners::get));
    }

    /** A put that healthy objects know; one that they do not know only if no unknown get explains it. */
    private static Optional<List<Site>> guilty(
            HealthyModel model, List<List<Site>> excess, Map<List<Site>, Integer> unclaimed, boolean strangers) {
        Optional<List<Site>> known =
                excess.stream().filter(model.lessons()::isPartner).max(Comparator.comparingInt(unclaimed::get));
        List<List<Site>> unknown =
                excess.stream().filter(put -> !model.lessons().isPartner(put)).toList();
        return unknown.size() == 1 && !strangers ? Optional.of(unknown.get(0)) : known;
    }

    private static Confidence confidence(Case of, List<Site> guilty, boolean alone) {
        Confidence confidence = alone
                ? new Confidence(of.model().lessons().isPartner(guilty) ? KNOWN : FOREIGN, "")
                : new Confidence(AMONG_OTHERS, "others are in excess too, or a get is unknown");
        return of.history().dropped() > 0 ? confidence.lowered(GAPS, "events of the history were dropped") : confidence;
    }
}
