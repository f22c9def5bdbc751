// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the objects of one rule that died in good order teach: where those of a birth are given back at last, and which
 * get goes with which put. Built once, read by one thread.
 */
final class HealthyModel {
    /** What one sure pair is worth; it outweighs any likeness of stacks. */
    private static final double LEARNT = 2;

    private static final double FINAL = 1;

    /** A get is known again by this many innermost program frames: enough to see past one shared wrapper. */
    private static final int DEPTH = 2;

    private final Map<List<Site>, Births> births = new HashMap<>();
    private final Map<List<Site>, Map<List<Site>, Integer>> learnt = new HashMap<>();
    private final Map<Lesson, Integer> lessons = new LinkedHashMap<>();

    /** All healthy objects of one birth. */
    private record Births(Stack birth, long count, Map<Stack, Long> finalPuts, List<History> examples) {

        /** How many frames of another birth are a factory that this one shares with it. */
        int factoryDepth(Stack other) {
            int depth = finalPuts.keySet().stream()
                    .mapToInt(put -> birth.program().size() - birth.shared(put))
                    .min()
                    .orElse(0);
            boolean calledFromElsewhere = depth < birth.program().size()
                    && depth < other.program().size()
                    && !birth.program().get(depth).sameMethod(other.program().get(depth));
            return calledFromElsewhere && birth.startsLike(other, depth) ? depth : 0;
        }
    }

    /** A get and the put that went with it, with the place that tells this put from its neighbours. */
    private record Lesson(Stack taken, Stack given, Site site) {}

    HealthyModel(List<Healthy> healthy, Sites sites) {
        for (Healthy one : healthy) {
            births.merge(sites.stack(one.birth()).program(), births(one, sites), HealthyModel::sum);
            one.examples().forEach(example -> learn(example, sites));
        }
    }

    private static Births births(Healthy healthy, Sites sites) {
        Map<Stack, Long> finalPuts = new LinkedHashMap<>();
        healthy.finalPuts().forEach(put -> finalPuts.merge(sites.stack(put.stack()), put.count(), Long::sum));
        return new Births(sites.stack(healthy.birth()), healthy.count(), finalPuts, healthy.examples());
    }

    private static Births sum(Births one, Births other) {
        Map<Stack, Long> finalPuts = new LinkedHashMap<>(one.finalPuts);
        other.finalPuts.forEach((stack, count) -> finalPuts.merge(stack, count, Long::sum));
        List<History> examples = new ArrayList<>(one.examples);
        examples.addAll(other.examples);
        return new Births(one.birth, one.count + other.count, finalPuts, examples);
    }

    private void learn(History example, Sites sites) {
        List<Reference> taken = Reference.taken(example, sites);
        List<Reference> given = Reference.given(example, sites);
        if (example.dropped() > 0 || taken.isEmpty() || given.isEmpty()) {
            return;
        }
        List<Stack> all = new ArrayList<>(taken.stream().map(Reference::stack).toList());
        List<Stack> puts = given.stream().map(Reference::stack).toList();
        all.addAll(puts);
        Affinity affinity = new Affinity(all);
        for (Matching.Pair pair :
                Matching.ofTaken(taken, given, affinity::between).pairs()) {
            Stack put = pair.given().stack();
            learnt.computeIfAbsent(key(pair.taken().stack()), k -> new HashMap<>())
                    .merge(key(put), 1, Integer::sum);
            lessons.merge(new Lesson(pair.taken().stack(), put, put.siteAgainst(puts)), 1, Integer::sum);
        }
    }

    private static List<Site> key(Stack stack) {
        return stack.program().subList(0, Math.min(DEPTH, stack.program().size()));
    }

    long count(Stack birth) {
        Births known = births.get(birth.program());
        return known == null ? 0 : known.count;
    }

    List<History> examples(Stack birth) {
        Births known = births.get(birth.program());
        return known == null ? List.of() : known.examples;
    }

    /**
     * The place that decided on this birth. A frame is stepped out of when it is a factory: objects made through it for
     * other callers end well, and it is those callers that give them back. Not so if this very path has ended well too.
     */
    Site siteOf(Stack birth) {
        int depth = count(birth) > 0
                ? 0
                : births.values().stream()
                        .mapToInt(b -> b.factoryDepth(birth))
                        .max()
                        .orElse(0);
        return birth.program().get(depth);
    }

    /** What experience adds to the likeness of two stacks. */
    double bonus(Reference taken, Reference given) {
        Map<List<Site>, Integer> puts = learnt.getOrDefault(key(taken.stack()), Map.of());
        double seen = LEARNT * share(puts.getOrDefault(key(given.stack()), 0), sum(puts));
        return taken.isBirth() && seen == 0 ? finalShare(taken.stack(), given.stack()) : seen;
    }

    private static long sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static double share(long count, long all) {
        return all == 0 ? 0 : (double) count / all;
    }

    private double finalShare(Stack birth, Stack put) {
        Births known = births.get(birth.program());
        if (known == null || goesWithAGet(birth, put)) {
            return 0;
        }
        long here = known.finalPuts.entrySet().stream()
                .filter(e -> e.getKey().sameProgram(put))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return FINAL * share(here, known.count);
    }

    /** The last put need not be the maker's: where another holder gives back last, the examples show it. */
    private boolean goesWithAGet(Stack birth, Stack put) {
        return lessons.keySet().stream().anyMatch(l -> l.given.sameProgram(put) && !l.taken.sameProgram(birth))
                && lessons.keySet().stream().noneMatch(l -> l.given.sameProgram(put) && l.taken.sameProgram(birth));
    }

    /** Where objects of this birth end, most usual first; from the examples if another holder is the last one. */
    List<Finding.Expected> endsOf(Stack birth) {
        Births known = births.get(birth.program());
        if (known == null) {
            return List.of();
        }
        List<Stack> puts = List.copyOf(known.finalPuts.keySet());
        List<Finding.Expected> own = known.finalPuts.entrySet().stream()
                .filter(e -> !e.getKey().isEmpty() && !goesWithAGet(birth, e.getKey()))
                .map(e -> expected(
                        e.getKey(), e.getKey().siteAgainst(puts), e.getValue(), share(e.getValue(), known.count)))
                .sorted(Comparator.comparingLong(Finding.Expected::support).reversed())
                .toList();
        return own.isEmpty() ? putsOf(birth, birth.program().size()) : own;
    }

    /** Where healthy objects give back what is taken with these innermost program frames. */
    List<Finding.Expected> putsOf(Stack taken, int depth) {
        Map<Lesson, Integer> fitting = new LinkedHashMap<>();
        lessons.forEach((lesson, count) -> {
            if (lesson.taken.startsLike(taken, depth)) {
                fitting.put(lesson, count);
            }
        });
        Map<Site, Integer> perSite = new LinkedHashMap<>();
        fitting.forEach((lesson, count) -> perSite.merge(lesson.site, count, Integer::sum));
        return perSite.entrySet().stream()
                .map(e -> expected(
                        given(fitting, e.getKey()), e.getKey(), e.getValue(), share(e.getValue(), sum(fitting))))
                .sorted(Comparator.comparingLong(Finding.Expected::support).reversed())
                .toList();
    }

    private static Stack given(Map<Lesson, Integer> fitting, Site site) {
        return fitting.keySet().stream()
                .filter(lesson -> lesson.site.equals(site))
                .findFirst()
                .orElseThrow()
                .given;
    }

    private static Finding.Expected expected(Stack stack, Site site, long support, double share) {
        return new Finding.Expected(site, stack.frames(), support, share);
    }
}
