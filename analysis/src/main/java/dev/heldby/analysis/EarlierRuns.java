// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.Example;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What earlier runs tell of a missing release: of the lives that began alike and took what is open now, in how many a reference was
 * given back at the most usual of the places where it is expected. Counted, not estimated. For one thread.
 */
final class EarlierRuns {
    private final List<Healthy> lives;
    private final List<RuleTraits> rules;

    EarlierRuns(List<Healthy> lives, List<RuleTraits> rules) {
        this.lives = lives;
        this.rules = rules;
    }

    private record Place(Site site, long count) {}

    /** The finding, saying so at the end of its sentence if there were any such lives. */
    Finding told(Finding finding) {
        if (finding.kind() != Finding.Kind.MISSING_RELEASE
                || finding.suspect() == null
                || finding.expected().isEmpty()) {
            return finding;
        }
        Sites sites = new Sites(rule(finding.rule()), Set.of(finding.type()));
        List<Example> alike = alike(finding, sites);
        return finding.expected().stream()
                .map(expected -> new Place(expected.site(), givenBackAt(expected.site(), alike, sites)))
                .max(Comparator.comparingLong(Place::count))
                .filter(most -> most.count() > 0)
                .map(most -> finding.withSummary(said(finding, most, sum(alike))))
                .orElse(finding);
    }

    private RuleTraits rule(String name) {
        return rules.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseGet(() -> new RuleTraits(name, "", List.of(), List.of()));
    }

    private List<Example> alike(Finding finding, Sites sites) {
        return lives.stream()
                .filter(healthy -> healthy.rule().equals(finding.rule()))
                .flatMap(healthy -> healthy.examples().stream())
                .filter(example -> isAlike(example.history(), finding, sites))
                .collect(Collectors.toList());
    }

    /** Whether nothing of it is missing, and it was taken by the same holder, and born by the same one as far as that is known. */
    private static boolean isAlike(History healthy, Finding finding, Sites sites) {
        Finding.Step first = finding.history().get(0);
        boolean bornAlike = first.op() != Op.BORN
                || first.stack().isEmpty()
                || sites.stack(healthy.birth()).sameHolder(stack(first.stack()));
        Stack taken = stack(finding.suspect().stack());
        return healthy.isWhole()
                && bornAlike
                && Reference.taken(healthy, sites).stream()
                        .anyMatch(reference -> reference.stack().sameHolder(taken));
    }

    private static Stack stack(List<Site> frames) {
        return new Stack(
                frames, frames.stream().filter(frame -> !frame.plumbing()).toList());
    }

    private static long givenBackAt(Site end, List<Example> examples, Sites sites) {
        return sum(examples.stream()
                .filter(example -> Reference.given(example.history(), sites).stream()
                        .anyMatch(
                                reference -> reference.stack().frames().stream().anyMatch(end::samePlace)))
                .toList());
    }

    private static long sum(List<Example> examples) {
        return examples.stream().mapToLong(Example::count).sum();
    }

    private static String said(Finding finding, Place most, long all) {
        boolean isNamed = finding.expected().get(0).site().equals(most.site())
                && finding.expected().get(0).support() > 0;
        String summary = finding.summary();
        return summary.substring(0, summary.length() - 1) + "; in earlier runs " + share(most.count(), all)
                + " given back " + (isNamed ? "there" : "at " + most.site().brief()) + ".";
    }

    private static String share(long count, long all) {
        if (count < all) {
            // Rounded down: nearly all are not all.
            return String.format(
                    Locale.ROOT, "%.1f %% of %,d such objects were", Math.floor(1000.0 * count / all) / 10, all);
        }
        return all == 1 ? "the only such object was" : String.format(Locale.ROOT, "all %,d such objects were", all);
    }
}
