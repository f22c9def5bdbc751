// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which finding to look at first: causes before what follows from them, then what is nearly certain, what is likely, and the
 * rest; in each of them the most frequent first. A likely refusal stands among those that are nearly certain, for as many as
 * the odds that it is right allow.
 */
final class Order {
    private static final double NEARLY_CERTAIN = 0.92;
    private static final double EVEN = 0.5;

    private static final Comparator<Finding> FIRST_TO_LOOK_AT = Comparator.<Finding>comparingInt(Order::rank)
            .thenComparingDouble(finding -> -weight(finding))
            .thenComparingDouble(finding -> -confidence(finding))
            .thenComparing(Finding::type)
            .thenComparing(Finding::fingerprint);

    private Order() {}

    static List<Finding> of(List<Finding> findings) {
        Set<Finding> following = new HashSet<>(spoiltUses(findings));
        following.addAll(skippedReleases(findings));
        following.addAll(victims(findings));
        findings.stream().filter(inner -> isWithinAnother(inner, findings)).forEach(following::add);
        List<Finding> ordered = new ArrayList<>(findings);
        ordered.sort(Comparator.<Finding>comparingInt(finding -> following.contains(finding) ? 1 : 0)
                .thenComparing(FIRST_TO_LOOK_AT));
        return List.copyOf(ordered);
    }

    /** That a refusal happened is certain in any case, only not whose fault it was. */
    private static int rank(Finding finding) {
        int doubtfulness = doubtfulness(finding);
        return doubtfulness == 1 && isRefusal(finding) ? 0 : doubtfulness;
    }

    private static double weight(Finding finding) {
        boolean isLikelyRefusal = doubtfulness(finding) == 1 && isRefusal(finding);
        return finding.count() * odds(isLikelyRefusal ? confidence(finding) : NEARLY_CERTAIN);
    }

    private static double odds(double probability) {
        return probability / (1 - probability);
    }

    private static double confidence(Finding finding) {
        return finding.suspect() == null ? 0 : finding.suspect().confidence();
    }

    private static int doubtfulness(Finding finding) {
        double confidence = confidence(finding);
        return confidence >= NEARLY_CERTAIN ? 0 : confidence > EVEN ? 1 : 2;
    }

    /** A use after the last put is where a surplus put of the same rule hurts, if there is one. */
    private static List<Finding> spoiltUses(List<Finding> findings) {
        Set<String> surplus = findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.SURPLUS_RELEASE && doubtfulness(finding) < 2)
                .map(Finding::rule)
                .collect(Collectors.toSet());
        return findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.USE_AFTER_RELEASE && surplus.contains(finding.rule()))
                .toList();
    }

    /** A refusal is an exception, and an exception passes over releases; no release that is left out makes others refuse. */
    private static List<Finding> skippedReleases(List<Finding> findings) {
        long refused = findings.stream()
                .filter(finding -> isRefusal(finding) && doubtfulness(finding) < 2)
                .mapToLong(Finding::count)
                .sum();
        return findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.MISSING_RELEASE && finding.count() <= 2 * refused)
                .toList();
    }

    /** Who is refused because of others' puts is refused again, no more often, where the object was used anew by then. */
    private static List<Finding> victims(List<Finding> findings) {
        Map<Optional<Site>, Long> hits = findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.SURPLUS_RELEASE && !isRefusedItself(finding))
                .collect(Collectors.groupingBy(
                        finding -> Optional.ofNullable(refused(finding)), Collectors.summingLong(Finding::count)));
        return findings.stream()
                .filter(finding -> finding.kind() == Finding.Kind.SURPLUS_RELEASE && isRefusedItself(finding))
                .filter(finding ->
                        hits.getOrDefault(Optional.of(finding.suspect().site()), 0L) >= finding.count())
                .toList();
    }

    private static boolean isRefusedItself(Finding finding) {
        return finding.suspect() != null && finding.suspect().site().equals(refused(finding));
    }

    /** Where the last event was, which is the refused one; null if it is not known. */
    private static Site refused(Finding finding) {
        return finding.history().isEmpty()
                ? null
                : finding.history().get(finding.history().size() - 1).site();
    }

    private static boolean isRefusal(Finding finding) {
        return switch (finding.kind()) {
            case SURPLUS_RELEASE, USE_AFTER_RELEASE, LAPSED_USE -> true;
            case MISSING_RELEASE, UNREFERENCED_MEMORY, COUNT_MISUSE -> false;
        };
    }

    private static boolean isWithinAnother(Finding inner, List<Finding> findings) {
        return inner.kind() == Finding.Kind.MISSING_RELEASE
                && findings.stream()
                        .filter(outer -> !outer.equals(inner) && outer.kind() == inner.kind())
                        .anyMatch(outer -> isGivenBackInside(inner, outer)
                                || (outer.rule().equals(inner.rule())
                                        ? isGivenBackThrough(inner, outer) || isWithin(inner, outer)
                                        : isGivenBackWith(inner, outer)));
    }

    /** Healthy objects show it: most are given back by the other's class, which holds them. */
    private static boolean isGivenBackThrough(Finding inner, Finding outer) {
        List<Finding.Expected> seen = inner.expected().stream()
                .filter(expected -> expected.support() > 0)
                .toList();
        return confidence(seen.stream()
                        .filter(expected -> passes(expected.stack(), outer.type()))
                        .filter(expected ->
                                !inner.type().equals(outer.type()) || isReleaseWithinRelease(expected.stack())))
                > EVEN * confidence(seen.stream());
    }

    /** Healthy objects show it: this one is given back while the other one, of another library, is. */
    private static boolean isGivenBackWith(Finding inner, Finding outer) {
        return isSeen(inner)
                && isSeen(outer)
                && release(inner).stack().stream()
                        .skip(1)
                        .anyMatch(release(outer).stack().get(0)::sameMethod);
    }

    /** Healthy objects show it: who gives back the other one gives back this one too, deeper inside. */
    private static boolean isGivenBackInside(Finding inner, Finding outer) {
        return inner.count() == outer.count()
                && isSeen(inner)
                && isSeen(outer)
                && isWithinRelease(release(inner), release(outer).site());
    }

    /** Whether the place of a release led to this one, without being it. */
    private static boolean isWithinRelease(Finding.Expected inner, Site place) {
        return !inner.site().samePlace(place) && inner.stack().stream().anyMatch(place::samePlace);
    }

    private static double confidence(Stream<Finding.Expected> expected) {
        return expected.mapToDouble(Finding.Expected::confidence).sum();
    }

    private static boolean passes(List<Site> stack, String className) {
        return stack.stream().anyMatch(frame -> frame.className().equals(className));
    }

    /** Whether the method that gives back was called by one of the same name, with others in between. */
    private static boolean isReleaseWithinRelease(List<Site> stack) {
        String release = stack.get(0).method();
        List<Boolean> releases = stack.stream()
                .takeWhile(Site::plumbing)
                .map(frame -> frame.method().equals(release))
                .toList();
        int others = releases.indexOf(false);
        return others >= 0 && releases.subList(others, releases.size()).contains(true);
    }

    /** Healthy objects show it: the release that both lack gives back the other one, and in doing so this one. */
    private static boolean isWithin(Finding inner, Finding outer) {
        return isSeen(outer)
                && isSeen(inner)
                && release(outer).site().samePlace(release(inner).site())
                && framesWithin(outer) >= 0
                && framesWithin(outer) < framesWithin(inner)
                && outer.count() >= inner.count() / 2;
    }

    private static boolean isSeen(Finding finding) {
        return !finding.expected().isEmpty() && release(finding).support() > 0;
    }

    private static Finding.Expected release(Finding finding) {
        return finding.expected().get(0);
    }

    private static int framesWithin(Finding finding) {
        return release(finding).stack().indexOf(release(finding).site());
    }
}
