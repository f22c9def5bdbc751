// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.analysis.Lessons.Lesson;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.Example;
import dev.heldby.snapshot.Observation.State;
import dev.heldby.snapshot.RuleTraits;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the objects of one rule that died in good order teach: where those of a birth are given back at last, and which
 * get goes with which put. Built once, read by one thread.
 */
final class HealthyModel {
    /** What one sure pair is worth; it outweighs any likeness of stacks. */
    private static final double LEARNT = 2;

    private static final double FINAL = 1;

    /** What it costs that a put of which is known what it gives back is to give back something else. */
    private static final double STRANGE = 2;

    /** What a life counts that this one could not have become, where others are that it could. */
    private static final double UNLIKE = 0.02;

    private final Map<List<Site>, Births> births = new LinkedHashMap<>();
    private final Lessons lessons;

    /** All healthy objects of one birth; of the final puts one stack stands for all of one holder. */
    private record Births(
            Stack birth, long count, Map<Stack, Long> finalPuts, List<Example> examples, List<HealthyLife> lives) {

        void add(Stack put, long times) {
            Stack known = finalPuts.keySet().stream()
                    .filter(put::sameHolder)
                    .findFirst()
                    .orElse(put);
            finalPuts.merge(known, times, Long::sum);
        }

        Births and(Births other) {
            Births both = new Births(
                    birth,
                    count + other.count,
                    new LinkedHashMap<>(finalPuts),
                    joined(examples, other.examples),
                    joined(lives, other.lives));
            other.finalPuts.forEach(both::add);
            return both;
        }

        private static <T> List<T> joined(List<T> mine, List<T> theirs) {
            return Stream.concat(mine.stream(), theirs.stream()).toList();
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

    HealthyModel(List<Healthy> healthy, Sites sites) {
        for (Healthy each : healthy) {
            Healthy one = givenBackByTheProgram(each);
            if (one.count() > 0) {
                births.merge(sites.stack(one.birth()).program(), births(one, sites), Births::and);
            }
        }
        lessons = new Lessons(
                births.values().stream().flatMap(b -> b.lives.stream()).toList(), sites);
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
        List<HealthyLife> lives = HealthyLife.of(healthy, sites);
        Births births = new Births(
                sites.stack(healthy.birth()), healthy.count(), new LinkedHashMap<>(), healthy.examples(), lives);
        healthy.finalPuts().forEach(put -> births.add(sites.stack(put.stack()), put.count()));
        return births;
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
        return lessons.wrappers();
    }

    long count(Stack birth) {
        Births known = alike(birth);
        return known == null ? 0 : known.count;
    }

    List<HealthyLife> lives(Stack birth) {
        Births known = alike(birth);
        return known == null ? List.of() : known.lives;
    }

    List<Example> examples(Stack birth) {
        Births known = alike(birth);
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

    /** Whether a recorded healthy object gave back like this. */
    boolean knowsPut(Stack put) {
        return lessons.all().anyMatch(lesson -> lesson.given().sameHolder(put))
                || births.values().stream()
                        .anyMatch(b -> b.finalPuts.keySet().stream().anyMatch(put::sameHolder));
    }

    /** Whether an object that ended well was given back through that place. */
    boolean knowsPutAt(Site site) {
        return knowsPut(site::samePlace);
    }

    /** Whether one was given back through that method, at whichever line. */
    boolean knowsPutIn(Site site) {
        return knowsPut(site::sameMethod);
    }

    private boolean knowsPut(Predicate<Site> place) {
        return Stream.concat(
                        lessons.all().map(Lesson::given),
                        births.values().stream().flatMap(b -> b.finalPuts.keySet().stream()))
                .anyMatch(put -> put.program().stream().anyMatch(place));
    }

    Lessons lessons() {
        return lessons;
    }

    /** What experience adds to the likeness of two stacks. */
    double bonus(Reference taken, Reference given) {
        double seen = LEARNT * lessons.share(taken.stack(), given.stack());
        double last = taken.isBirth() && seen == 0 ? finalShare(taken.stack(), given.stack()) : seen;
        return last == 0 && lessons.areGivenBack(given.stack()) ? -STRANGE : last;
    }

    /** Whether some objects that were given back there show where they were used last, and none was used last where this one was. */
    boolean isRefutedByUse(Site end, Case of) {
        List<Lesson> there = lessons.all()
                .filter(lesson ->
                        lesson.site().equals(end) && !lesson.life().lastUse().isEmpty())
                .toList();
        return !of.lastUse().isEmpty()
                && !there.isEmpty()
                && there.stream()
                        .noneMatch(lesson ->
                                LastUses.isAlike(of.lastUse(), lesson.life().lastUse(), lesson.given()));
    }

    /**
     * Whether it is not there that such objects were lost: half of them were before anybody gave back there, or only the last of
     * all were though that was done for long. As far as the examples show, of which most are among the first lives of their kind.
     */
    boolean isRefutedByTime(Site end, Case of) {
        List<Instant> puts = lessons.all()
                .filter(lesson -> lesson.site().equals(end))
                .map(Lesson::at)
                .sorted()
                .toList();
        return of.observation().state() == State.UNREACHABLE
                && !puts.isEmpty()
                && (of.lost().wereHalfWayAt(puts.get(0)) || of.lost().areTheLastSince(puts.get(0)));
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
        return lessons.all()
                        .anyMatch(l ->
                                l.given().sameHolder(put) && !l.taken().stack().sameHolder(birth))
                && lessons.all()
                        .noneMatch(l ->
                                l.given().sameHolder(put) && l.taken().stack().sameHolder(birth));
    }

    /**
     * Where healthy objects give back such a reference of the same holder, the likeliest first: objects that were born alike, if
     * there are any, or all. Those that lived as this one did but for one put tell most.
     */
    List<Finding.Expected> putsOf(Reference open, Case of) {
        Births known = alike(of.birth());
        Set<HealthyLife> lives = Collections.newSetFromMap(new IdentityHashMap<>());
        lives.addAll(known == null ? List.of() : known.lives);
        List<Lesson> all = lessons.all()
                .filter(lesson -> open.isBirth()
                        ? lesson.taken().isBirth() && lives.contains(lesson.life())
                        : lesson.taken().stack().sameHolder(open.stack()))
                .toList();
        List<Lesson> alike =
                all.stream().filter(lesson -> lives.contains(lesson.life())).toList();
        List<Lesson> best = alike.isEmpty() ? all : alike;
        return best.isEmpty() && open.isBirth()
                ? endsOf(open.stack(), of)
                : End.ranked(ends(best, of), of.lost().count());
    }

    /** The same for whatever is taken through the same innermost program frames, whoever called them. */
    List<Finding.Expected> putsOfOthers(Reference open, int frames, Case of) {
        List<Lesson> others = lessons.all()
                .filter(lesson -> lesson.taken().stack().startsLike(open.stack(), frames))
                .toList();
        return End.ranked(ends(others, of), of.lost().count());
    }

    private static List<End> ends(List<Lesson> lessons, Case of) {
        boolean anyFits = lessons.stream().anyMatch(lesson -> lesson.life().isOpenedBy(of));
        Map<Site, End> ends = new LinkedHashMap<>();
        for (Lesson lesson : lessons) {
            HealthyLife life = lesson.life();
            double weight = life.estimate()
                    * (anyFits && !life.isOpenedBy(of) ? UNLIKE : 1)
                    * LastUses.likeness(of.lastUse(), life.lastUse(), lesson.given());
            ends.merge(lesson.site(), new End(lesson.site(), lesson.given(), life.count(), weight), End::and);
        }
        return List.copyOf(ends.values());
    }

    /** From the last puts alone, where no whole life is known. */
    private List<Finding.Expected> endsOf(Stack birth, Case of) {
        Births known = alike(birth);
        if (known == null) {
            return List.of();
        }
        List<Stack> puts = List.copyOf(known.finalPuts.keySet());
        return End.ranked(
                known.finalPuts.entrySet().stream()
                        .filter(e -> !e.getKey().isEmpty() && !goesWithAGet(birth, e.getKey()))
                        .map(e -> new End(e.getKey().siteAgainst(puts), e.getKey(), e.getValue(), e.getValue()))
                        .toList(),
                of.lost().count());
    }
}
