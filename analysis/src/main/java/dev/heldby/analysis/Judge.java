// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.ReleaseCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Names the wrong events of the observations of one rule. Made once per rule, for one thread. */
final class Judge {
    /** What a place is worth where more objects were not given back than were. */
    private static final double SELDOM = 0.4;

    private final Sites sites;
    private final HealthyModel model;
    private final UnmadeCalls unmade;

    /** What is observed, by the holder that made it. */
    private final Map<List<Site>, Losses> lost = new HashMap<>();

    /** @param observations all that it will be asked to judge */
    Judge(Sites sites, List<Healthy> healthy, List<ReleaseCall> calls, List<Observation> observations) {
        this.sites = sites;
        model = new HealthyModel(healthy, sites);
        unmade = new UnmadeCalls(calls, model, puts(observations));
        observations.forEach(one -> lost.merge(birthHolder(one), Losses.of(one), Losses::and));
    }

    private List<Site> birthHolder(Observation observation) {
        return sites.stack(observation.example().birth()).holder();
    }

    private List<Stack> puts(List<Observation> observations) {
        return observations.stream()
                .flatMap(observation -> observation.example().events().stream())
                .filter(event -> event.op() == Op.PUT)
                .map(event -> sites.stack(event.stack()))
                .distinct()
                .toList();
    }

    /** One suspicion for each place that did wrong; none if the object may live that long. */
    List<Suspicion> judge(Observation observation) {
        Case of = new Case(observation, sites, model, unmade, lost.get(birthHolder(observation)));
        if (mayLive(of)) {
            return List.of();
        }
        return switch (observation.state()) {
            case UNREACHABLE, HELD_AT_EXIT, AGED, GROWING, HELD_AT_SCOPE_END, HELD_AT_CLOSE -> missing(of);
            case SURPLUS_PUT -> List.of(surplus(of));
            case LAPSED_USE -> List.of(early(of));
            case LAPSED_REFERENCE -> List.of(lapsed(of, Finding.Kind.LAPSED_USE));
            case LAPSED_VARIABLE -> List.of(Lapse.of(of, Confidence.CERTAIN));
            case LAPSED_PARAMETER -> List.of(Lapse.of(of, Lapse.OF_PARAMETER));
            case MISUSE -> List.of(misuse(of));
            case UNREFERENCED -> List.of(unreferenced(of));
        };
    }

    private boolean mayLive(Case of) {
        return of.isStillHeld() && sites.isLifelong(of.birthToExcuse());
    }

    private List<Suspicion> missing(Case of) {
        List<Reference> taken = of.taken();
        if (taken.stream().allMatch(reference -> reference.stack().isEmpty())) {
            return List.of(of.unplaced(Finding.Kind.MISSING_RELEASE, Op.BORN));
        }
        Matching matching = Matching.ofTaken(taken, of.given(), of.weight());
        List<Stack> paired =
                matching.pairs().stream().map(pair -> pair.taken().stack()).toList();
        List<Matching.Candidate> unpaired = matching.unpaired();
        List<Suspicion> suspicions = new ArrayList<>();
        for (Matching.Candidate open : unpaired) {
            List<Stack> others = Stream.concat(paired.stream(), calledByOthers(open, unpaired))
                    .toList();
            suspicions.add(missing(of, open.reference(), of.confidence(open, unpaired), others));
        }
        return suspicions;
    }

    /** Two holders that both forget must not become one because they use the same wrapper. */
    private static Stream<Stack> calledByOthers(Matching.Candidate open, List<Matching.Candidate> unpaired) {
        return unpaired.stream()
                .map(other -> other.reference().stack())
                .filter(open.reference().stack()::calledByAnother);
    }

    private Suspicion missing(Case of, Reference open, Confidence confidence, List<Stack> others) {
        Stack stack = open.stack();
        Op operation = open.event().op();
        if (stack.isEmpty()) {
            return of.unplaced(Finding.Kind.MISSING_RELEASE, operation);
        }
        Site site = open.isBirth() ? model.siteOf(stack) : of.site(stack, others);
        List<Finding.Expected> expected = expected(of, open, stack.program().indexOf(site) + 1);
        return new Suspicion(of, Finding.Kind.MISSING_RELEASE, operation, stack, site, confidence, expected, null);
    }

    /** What healthy objects do, if it is usual; else what the code has, too; else what objects of other callers do. */
    private List<Finding.Expected> expected(Case of, Reference open, int frames) {
        List<Finding.Expected> seen = model.putsOf(open, of);
        List<Finding.Expected> fitting = seen.stream()
                .filter(one -> !model.isRefutedByUse(one.site(), of) && !model.isRefutedByTime(one.site(), of))
                .toList();
        if (!fitting.isEmpty() && isUsual(fitting.get(0), of)) {
            return joined(fitting, seen);
        }
        List<Finding.Expected> unmadeYet = unmade.expected(open, of).stream()
                .filter(one -> !model.isRefutedByTime(one.site(), of))
                .toList();
        List<Finding.Expected> expected = joined(unmadeYet, joined(fitting, seen));
        return expected.isEmpty() ? model.putsOfOthers(open, frames, of) : expected;
    }

    /** The first, then those of the others that are not among them. */
    private static List<Finding.Expected> joined(List<Finding.Expected> first, List<Finding.Expected> others) {
        if (first.isEmpty()) {
            return others;
        }
        List<Finding.Expected> joined = new ArrayList<>(first);
        double most = SELDOM * first.get(0).confidence();
        others.stream()
                .filter(one -> first.stream().noneMatch(known -> known.site().equals(one.site())))
                .forEach(one -> joined.add(one.by(Math.min(SELDOM, most / Math.max(most, one.confidence())))));
        return List.copyOf(joined);
    }

    /** Whether at least two thirds as many of such references are given back there as were not, or another one of this very object was. */
    private static boolean isUsual(Finding.Expected expected, Case of) {
        return 3 * expected.support() >= 2 * of.lost().count() || of.gaveBackAt(expected.site());
    }

    private Suspicion surplus(Case of) {
        List<Reference> given = of.given();
        if (given.isEmpty() || given.get(given.size() - 1).stack().isEmpty()) {
            return of.unplaced(Finding.Kind.SURPLUS_RELEASE, Op.PUT);
        }
        Stack refused = given.get(given.size() - 1).stack();
        Optional<Reference> again = Repeats.of(of);
        if (again.isPresent()) {
            return surplus(of, again.get().stack(), Repeats.CONFIDENCE, refused);
        }
        List<Matching.Candidate> unpaired =
                Matching.ofGiven(of.taken(), given, of.weight()).unpaired();
        Matching.Candidate suspect = guilty(unpaired.get(0), refused);
        return suspect.reference().stack().isEmpty()
                ? of.unplaced(Finding.Kind.SURPLUS_RELEASE, Op.PUT)
                : surplus(of, suspect.reference().stack(), of.confidence(suspect, unpaired), refused);
    }

    /** @param blow where the refusal hit */
    private Suspicion surplus(Case of, Stack guilty, Confidence confidence, Stack blow) {
        List<Stack> others = of.given().stream().map(Reference::stack).toList();
        boolean madeTwice = others.stream().filter(guilty::sameProgram).count() > 1;
        Site site = madeTwice ? guilty.site() : of.site(guilty, others);
        boolean hitOthers = !blow.isEmpty() && !guilty.sameProgram(blow);
        return new Suspicion(
                of,
                Finding.Kind.SURPLUS_RELEASE,
                Op.PUT,
                guilty,
                site,
                confidence,
                List.of(),
                hitOthers ? of.site(blow, others) : null);
    }

    /** Whoever is refused is more often the victim: between equals an earlier put is suspected rather than it. */
    private static Matching.Candidate guilty(Matching.Candidate candidate, Stack refused) {
        if (candidate.rivals().isEmpty()) {
            return candidate;
        }
        List<Reference> equals = new ArrayList<>(candidate.rivals());
        equals.add(candidate.reference());
        equals.sort(Comparator.comparingInt(Reference::position));
        Reference earlier = equals.stream()
                .filter(put -> !put.stack().sameProgram(refused))
                .findFirst()
                .orElse(candidate.reference());
        equals.remove(earlier);
        return new Matching.Candidate(earlier, candidate.margin(), List.copyOf(equals));
    }

    private static Suspicion unreferenced(Case of) {
        Stack birth = of.birth();
        return birth.isEmpty()
                ? of.unplaced(Finding.Kind.UNREFERENCED_MEMORY, Op.BORN)
                : new Suspicion(
                        of,
                        Finding.Kind.UNREFERENCED_MEMORY,
                        Op.BORN,
                        birth,
                        birth.site(),
                        Confidence.OF_A_SCAN,
                        List.of(),
                        null);
    }

    private Suspicion misuse(Case of) {
        Stack stack = of.last();
        Op operation = of.lastOperation();
        if (stack.isEmpty()) {
            return of.unplaced(Finding.Kind.COUNT_MISUSE, operation);
        }
        return new Suspicion(
                of,
                Finding.Kind.COUNT_MISUSE,
                operation,
                stack,
                of.site(stack, of.stacks(operation)),
                Confidence.CERTAIN,
                List.of(),
                null);
    }

    /** A use was refused: because it comes too late, or because somebody's put came too early. */
    private Suspicion early(Case of) {
        return Excess.of(of)
                .map(excess -> surplus(of, excess.put().stack(), excess.confidence(), of.last()))
                .orElseGet(() -> lapsed(of, Finding.Kind.USE_AFTER_RELEASE));
    }

    private Suspicion lapsed(Case of, Finding.Kind kind) {
        Stack use = of.last();
        if (use.isEmpty()) {
            return of.unplaced(kind, Op.USE);
        }
        List<Reference> given = of.given();
        Site release =
                given.isEmpty() ? null : of.site(given.get(given.size() - 1).stack(), of.stacks(Op.PUT));
        return new Suspicion(
                of, kind, Op.USE, use, of.site(use, of.stacks(Op.USE)), Confidence.CERTAIN, List.of(), release);
    }
}
