// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.Example;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.RuleTraits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the objects of one rule that died in good order teach: where those of a birth are given back at last, and which
 * get goes with which put. Built once, read by one thread.
 */
final class HealthyModel {
    /** What one sure pair is worth; it outweighs any likeness of stacks. */
    private static final double LEARNT = 2;

    private static final double FINAL = 1;

    private final Map<List<Site>, Births> births = new LinkedHashMap<>();
    private final Map<List<Site>, Map<List<Site>, Long>> learnt = new HashMap<>();
    /** The same by methods alone. */
    private final Map<List<Site>, Map<List<Site>, Long>> partners = new HashMap<>();

    private final Map<Lesson, Long> lessons = new LinkedHashMap<>();
    private final Wrappers wrappers = new Wrappers();

    /** All healthy objects of one birth; of the final puts one stack stands for all of one holder. */
    private record Births(Stack birth, long count, Map<Stack, Long> finalPuts, List<Example> examples) {

        void add(Stack put, long times) {
            Stack known = finalPuts.keySet().stream()
                    .filter(put::sameHolder)
                    .findFirst()
                    .orElse(put);
            finalPuts.merge(known, times, Long::sum);
        }

        Births and(Births other) {
            List<Example> all = new ArrayList<>(examples);
            all.addAll(other.examples);
            Births both = new Births(birth, count + other.count, new LinkedHashMap<>(finalPuts), all);
            other.finalPuts.forEach(both::add);
            return both;
        }

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
        for (Healthy each : healthy) {
            Healthy one = givenBackByTheProgram(each);
            if (one.count() > 0) {
                births.merge(sites.stack(one.birth()).program(), births(one, sites), Births::and);
                one.examples().forEach(example -> learn(example, sites));
            }
        }
    }

    /** Without the objects that the JDK tidied away since the program had forgotten them. */
    private static Healthy givenBackByTheProgram(Healthy healthy) {
        List<Healthy.FinalPut> puts = healthy.finalPuts().stream()
                .filter(put -> !isTidiedAway(put.stack()))
                .toList();
        long tidied = count(healthy.finalPuts()) - count(puts);
        List<Example> examples = healthy.examples().stream()
                .filter(example -> example.history().events().stream().noneMatch(event -> isTidiedAway(event.stack())))
                .toList();
        return new Healthy(healthy.rule(), healthy.birth(), healthy.count() - tidied, puts, examples);
    }

    private static long count(List<Healthy.FinalPut> puts) {
        return puts.stream().mapToLong(Healthy.FinalPut::count).sum();
    }

    /** Whether the JDK's cleaner or finalizer made this call, with nothing of the program's in between. */
    private static boolean isTidiedAway(List<StackTraceElement> stack) {
        return stack.stream().anyMatch(HealthyModel::isTidier)
                && stack.stream().allMatch(frame -> RuleTraits.isJdk(frame.getClassName()));
    }

    private static boolean isTidier(StackTraceElement frame) {
        return switch (frame.getClassName()) {
            case "jdk.internal.ref.CleanerImpl" -> frame.getMethodName().equals("run");
            case "java.lang.ref.Finalizer", "java.lang.ref.Reference$ReferenceHandler" -> true;
            default -> false;
        };
    }

    private static Births births(Healthy healthy, Sites sites) {
        Births births =
                new Births(sites.stack(healthy.birth()), healthy.count(), new LinkedHashMap<>(), healthy.examples());
        healthy.finalPuts().forEach(put -> births.add(sites.stack(put.stack()), put.count()));
        return births;
    }

    private void learn(Example example, Sites sites) {
        List<Reference> taken = Reference.taken(example.history(), sites);
        List<Reference> given = Reference.given(example.history(), sites);
        if (example.history().dropped() > 0 || taken.isEmpty() || given.isEmpty()) {
            return;
        }
        List<Stack> all = new ArrayList<>(taken.stream().map(Reference::stack).toList());
        List<Stack> gets = List.copyOf(all);
        List<Stack> puts = given.stream().map(Reference::stack).toList();
        all.addAll(puts);
        Affinity affinity = new Affinity(all);
        for (Matching.Pair pair :
                Matching.ofTaken(taken, given, affinity::between).pairs()) {
            Stack put = pair.given().stack();
            if (put.isEmpty() || pair.taken().stack().isEmpty()) {
                continue;
            }
            wrappers.learn(pair.taken().stack(), put, gets);
            wrappers.learn(put, pair.taken().stack(), puts);
            learnt.computeIfAbsent(pair.taken().stack().holder(), k -> new HashMap<>())
                    .merge(put.holder(), example.count(), Long::sum);
            partners.computeIfAbsent(pair.taken().stack().holderMethods(), k -> new HashMap<>())
                    .merge(put.holderMethods(), example.count(), Long::sum);
            lessons.merge(new Lesson(pair.taken().stack(), put, put.siteAgainst(puts)), example.count(), Long::sum);
        }
    }

    /** The healthy objects of the same holder, of those the ones whose further callers are most alike; null if none. */
    private Births alike(Stack birth) {
        if (birth.isEmpty()) {
            return null;
        }
        List<Births> candidates = births.values().stream()
                .filter(known -> known.birth.sameHolder(birth))
                .toList();
        int most = candidates.stream()
                .mapToInt(known -> known.birth.methodsInCommon(birth))
                .max()
                .orElse(0);
        return candidates.stream()
                .filter(known -> known.birth.methodsInCommon(birth) == most)
                .reduce(Births::and)
                .orElse(null);
    }

    Wrappers wrappers() {
        return wrappers;
    }

    long count(Stack birth) {
        Births known = alike(birth);
        return known == null ? 0 : known.count;
    }

    List<History> examples(Stack birth) {
        Births known = alike(birth);
        return known == null
                ? List.of()
                : known.examples.stream().map(Example::history).toList();
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

    /** Whether a recorded healthy object gave back like this. */
    boolean knowsPut(Stack put) {
        return lessons.keySet().stream().anyMatch(lesson -> lesson.given.sameHolder(put))
                || births.values().stream()
                        .anyMatch(b -> b.finalPuts.keySet().stream().anyMatch(put::sameHolder));
    }

    /** Whether an object that ended well was given back through that place. */
    boolean knowsPutAt(Site site) {
        return Stream.concat(
                        lessons.keySet().stream().map(Lesson::given),
                        births.values().stream().flatMap(b -> b.finalPuts.keySet().stream()))
                .anyMatch(put -> put.program().stream().anyMatch(site::samePlace));
    }

    /** The methods of the puts that give back what is taken so, and how often each does; empty where nothing is known. */
    Map<List<Site>, Long> partners(Reference taken) {
        return partners.getOrDefault(taken.stack().holderMethods(), Map.of());
    }

    /** Whether healthy objects give something back in these methods. */
    boolean isPartner(List<Site> methods) {
        return partners.values().stream().anyMatch(puts -> puts.containsKey(methods));
    }

    /** What experience adds to the likeness of two stacks. */
    double bonus(Reference taken, Reference given) {
        Map<List<Site>, Long> puts = learnt.getOrDefault(taken.stack().holder(), Map.of());
        double seen = LEARNT * share(puts.getOrDefault(given.stack().holder(), 0L), sum(puts));
        return taken.isBirth() && seen == 0 ? finalShare(taken.stack(), given.stack()) : seen;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double share(long count, long all) {
        return all == 0 ? 0 : (double) count / all;
    }

    private double finalShare(Stack birth, Stack put) {
        Births known = alike(birth);
        if (known == null || goesWithAGet(birth, put)) {
            return 0;
        }
        long here = known.finalPuts.entrySet().stream()
                .filter(e -> e.getKey().sameHolder(put))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return FINAL * share(here, known.count);
    }

    /** The last put need not be the maker's: where another holder gives back last, the examples show it. */
    private boolean goesWithAGet(Stack birth, Stack put) {
        return lessons.keySet().stream().anyMatch(l -> l.given.sameHolder(put) && !l.taken.sameHolder(birth))
                && lessons.keySet().stream().noneMatch(l -> l.given.sameHolder(put) && l.taken.sameHolder(birth));
    }

    /** Where objects of this birth end, most usual first; from the examples if another holder is the last one. */
    List<Finding.Expected> endsOf(Stack birth) {
        Births known = alike(birth);
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
        Map<Lesson, Long> fitting = new LinkedHashMap<>();
        lessons.forEach((lesson, count) -> {
            if (lesson.taken.startsLike(taken, depth)) {
                fitting.put(lesson, count);
            }
        });
        Map<Site, Long> perSite = new LinkedHashMap<>();
        fitting.forEach((lesson, count) -> perSite.merge(lesson.site, count, Long::sum));
        return perSite.entrySet().stream()
                .map(e -> expected(
                        given(fitting, e.getKey()), e.getKey(), e.getValue(), share(e.getValue(), sum(fitting))))
                .sorted(Comparator.comparingLong(Finding.Expected::support).reversed())
                .toList();
    }

    private static Stack given(Map<Lesson, Long> fitting, Site site) {
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
