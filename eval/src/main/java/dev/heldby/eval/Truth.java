// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a finding about a planted defect has to say.
 *
 * @param kind of the finding, as the report's schema has it
 * @param suspects the acts of which any is the right suspect, each as its frames that decided, innermost first; empty
 *     where that is not known
 * @param expected where the release was left out; null for other kinds
 */
record Truth(String kind, List<List<Place>> suspects, Place expected) {
    private static final int FRAMES_KEPT = 3;

    /** @param effect what the defect did in the run that asked for it */
    static Truth of(Defect defect, Census census, PlantFile effect) {
        Place place = new Place(
                defect.site().className(),
                defect.site().method(),
                "",
                defect.site().line());
        boolean known = census.knowsPartner(census.counted(defect.site()));
        return switch (defect.kind()) {
            case SKIP ->
                new Truth(
                        "missing-release",
                        acts(Stream.concat(
                                        known ? takenBy(census.pairsOf(defect.site())) : Stream.of(),
                                        unreturned(census, effect))
                                .toList()),
                        place);
            case DROP_RETAIN ->
                new Truth(
                        "surplus-release",
                        acts(census.pairsOf(defect.site()).stream()
                                .map(Census.Pair::givenAt)
                                .toList()),
                        null);
            case DOUBLE -> new Truth("surplus-release", List.of(List.of(place)), null);
            case EARLY -> new Truth("use-after-release", acts(inMethodOf(place, effect.refusals())), null);
        };
    }

    private static Stream<List<Place>> takenBy(List<Census.Pair> pairs) {
        return pairs.stream().map(Census.Pair::takenAt);
    }

    /** What the defect left open; not what is in the healthy run, too, nor what is in less than one of a hundred cases. */
    private static Stream<List<Place>> unreturned(Census census, PlantFile effect) {
        long all = effect.unreturned().stream()
                .mapToLong(PlantFile.Unreturned::count)
                .sum();
        return effect.unreturned().stream()
                .filter(one -> one.count() * 100 >= all)
                .map(PlantFile.Unreturned::takenAt)
                .filter(takenAt -> !census.leavesOpen(takenAt));
    }

    /** What follows elsewhere is a consequence; the use itself is in the method, or beneath it. */
    private static List<List<Place>> inMethodOf(Place place, List<List<Place>> refusals) {
        return refusals.stream()
                .filter(frames -> frames.stream()
                        .anyMatch(frame -> frame.className().equals(place.className())
                                && frame.method().equals(place.method())))
                .toList();
    }

    private static List<List<Place>> acts(List<List<Place>> stacks) {
        List<List<Place>> acts = new ArrayList<>();
        for (List<Place> stack : stacks) {
            List<Place> act = stack.subList(0, Math.min(FRAMES_KEPT, stack.size()));
            if (!act.isEmpty() && !acts.contains(act)) {
                acts.add(act);
            }
        }
        return acts;
    }

    /** Whether a place is the innermost frame of a right suspect. */
    boolean names(Place site) {
        return site != null && suspects.stream().anyMatch(act -> act.get(0).sameAs(site));
    }

    /** Whether the finding suspects it: of a release that comes too early the use, or that release, which stands where the use does. */
    boolean isSuspectedBy(Said said) {
        return isKind(said) && (said.kind().equals(kind) ? names(said.site()) : touches(said.site()));
    }

    /** Whether a place is a frame of a right suspect, the innermost or one that called it. */
    boolean touches(Place site) {
        return site != null && suspects.stream().anyMatch(act -> act.stream().anyMatch(frame -> frame.sameAs(site)));
    }

    /** Whether a finding is of the right kind; a release that comes too early is also one too many, since one of its own is due. */
    boolean isKind(Said said) {
        boolean early = kind.equals("use-after-release") && said.kind().equals("surplus-release");
        return said.kind().equals(kind) || early;
    }

    /** Whether it is known which reference the defect leaves open, or which release it makes one too many. */
    boolean knowsSuspect() {
        return !suspects.isEmpty();
    }

    /** Whether a finding expects the release where it was left out, among the first so many places. */
    boolean isExpectedBy(Said said, int most) {
        return expected != null
                && isKind(said)
                && said.expected().stream().limit(most).anyMatch(expected::sameAs);
    }

    /** Whether a finding is the right one: by its suspect; where that is not known, by where it expects the release. */
    boolean isAnsweredBy(Said said) {
        return knowsSuspect() ? isSuspectedBy(said) : isExpectedBy(said, 1);
    }
}
