// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.LostBlocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One finding per defect: suspicions with equal program frames fold into the outermost object, then all that suspect the
 * same operation at the same line are one, however the program came there.
 */
final class Grouping {
    private Grouping() {}

    private record Act(Finding.Kind kind, List<Site> outward) {}

    /** @param type null where the site says it all */
    private record Defect(Finding.Kind kind, Object operation, Site site, String type) {}

    static List<Finding> group(List<Suspicion> suspicions) {
        List<Fold> folds = new ArrayList<>();
        by(suspicions.stream().filter(s -> s.site() != null).toList(), s -> new Act(s.kind(), s.outward()))
                .forEach(alike -> folds.add(Fold.of(alike)));
        suspicions.stream().filter(s -> s.site() == null).forEach(s -> folds.add(new Fold(List.of(s), Map.of())));
        List<Group> groups = new ArrayList<>();
        by(folds, Grouping::defect).forEach(defect -> groups.add(new Group(defect)));
        by(groups, group -> group.owners.get(0).observation().rule()).forEach(Grouping::expect);
        return groups.stream().map(Grouping::finding).toList();
    }

    /** Those who suspect the same. */
    private static final class Group {
        final List<Fold> folds;
        final List<Suspicion> owners;
        List<Finding.Expected> expected;

        Group(List<Fold> folds) {
            this.folds = folds;
            owners = folds.stream().flatMap(fold -> fold.owners().stream()).toList();
            expected = Expectations.pooled(owners);
        }

        long count() {
            return Tally.of(owners).count();
        }
    }

    private static void expect(List<Group> ofOneRule) {
        List<List<Finding.Expected>> joint = Expectations.seenThrough(
                ofOneRule.stream().map(group -> group.expected).toList());
        for (int i = 0; i < joint.size(); i++) {
            ofOneRule.get(i).expected = joint.get(i);
        }
        by(ofOneRule, Group::count).forEach(Grouping::agree);
    }

    private static void agree(List<Group> ofOneNumber) {
        List<List<Finding.Expected>> agreed = Expectations.agreed(
                ofOneNumber.stream().map(group -> group.expected).toList());
        for (int i = 0; i < agreed.size(); i++) {
            ofOneNumber.get(i).expected = agreed.get(i);
        }
    }

    private static Defect defect(Fold fold) {
        Suspicion first = fold.first();
        String unplaced = first.site() == null
                ? first.observation().rule() + ' ' + first.observation().type()
                : null;
        return new Defect(first.kind(), first.operation(), first.site(), unplaced);
    }

    private static <T, K> List<List<T>> by(List<T> all, Function<T, K> key) {
        return List.copyOf(all.stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    private static Finding finding(Group group) {
        List<Suspicion> owners = group.owners;
        Suspicion best = owners.stream()
                .max(Comparator.<Suspicion>comparingDouble(s -> s.confidence().value())
                        .thenComparingLong(s -> s.observation().count()))
                .orElseThrow()
                .expecting(group.expected);
        String type = mostFrequentType(owners);
        Tally tally = Tally.of(owners);
        return new Finding(
                Fingerprint.of(best),
                best.kind(),
                owners.stream()
                        .map(Suspicion::detectedBy)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                type,
                best.observation().rule(),
                tally.count(),
                tally.bytes(),
                best.of().model().count(best.of().birth()),
                earliest(owners),
                latest(owners),
                true,
                false,
                Summary.of(best, type, tally.count(), inner(group.folds)),
                suspect(best),
                best.expected(),
                best.divergence(),
                LeftOpen.by(owners),
                best.of().steps(),
                best.observation().example().dropped(),
                best.observation().example().folded(),
                best.confidence().doubt(),
                lost(owners));
    }

    private static LostBlocks lost(List<Suspicion> owners) {
        return owners.stream()
                .map(s -> s.observation().lost())
                .filter(Objects::nonNull)
                .reduce(LostBlocks::and)
                .orElse(null);
    }

    private static Finding.Suspect suspect(Suspicion best) {
        return best.site() == null
                ? null
                : new Finding.Suspect(
                        best.operation(),
                        best.site(),
                        best.stack().frames(),
                        best.confidence().value());
    }

    private static String mostFrequentType(List<Suspicion> owners) {
        Map<String, Long> counts = new TreeMap<>();
        owners.forEach(s -> counts.merge(s.observation().type(), s.observation().count(), Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private static Map<String, Long> inner(List<Fold> folds) {
        Map<String, Long> inner = new TreeMap<>();
        folds.forEach(fold -> fold.inner().forEach((type, count) -> inner.merge(type, count, Long::sum)));
        return inner;
    }

    private static Instant earliest(List<Suspicion> owners) {
        return owners.stream()
                .map(s -> s.observation().firstSeen())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static Instant latest(List<Suspicion> owners) {
        return owners.stream()
                .map(s -> s.observation().lastSeen())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
