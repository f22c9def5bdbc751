// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.Example;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way in which objects of a birth lived when all went well.
 *
 * @param lastUse by who gave it back last; empty where that is not known
 * @param count how many are known to have lived so
 * @param estimate how many that may be if those of the birth whose lives are not known lived as the others did
 */
record HealthyLife(
        List<Reference> taken, List<Reference> given, Stack lastUse, boolean isWhole, long count, double estimate) {

    static List<HealthyLife> of(Healthy healthy, Sites sites) {
        long known = healthy.examples().stream().mapToLong(Example::count).sum();
        double each = known == 0 ? 1 : Math.max(1, (double) healthy.count() / known);
        return healthy.examples().stream()
                .map(example -> new HealthyLife(
                        Reference.taken(example.history(), sites),
                        Reference.given(example.history(), sites),
                        sites.lastUse(example.history(), 1),
                        example.history().dropped() == 0,
                        example.count(),
                        each * example.count()))
                .toList();
    }

    /** Whether it can teach who gave back what. */
    boolean teaches() {
        return isWhole && !taken.isEmpty() && taken.size() == given.size();
    }

    List<Stack> gets() {
        return stacks(taken);
    }

    List<Stack> puts() {
        return stacks(given);
    }

    private static List<Stack> stacks(List<Reference> references) {
        return references.stream().map(Reference::stack).toList();
    }

    /** Whether a life could have become this one: who took is the same, and whoever gave back did so here too. */
    boolean isOpenedBy(Case of) {
        return holders(taken).equals(holders(of.taken())) && holders(given).containsAll(holders(of.given()));
    }

    private static Set<List<Site>> holders(List<Reference> references) {
        return references.stream()
                .filter(reference -> !reference.isBirth())
                .map(reference -> reference.stack().holder())
                .collect(Collectors.toSet());
    }

    Stream<Reference> references() {
        return Stream.concat(taken.stream(), given.stream());
    }
}
