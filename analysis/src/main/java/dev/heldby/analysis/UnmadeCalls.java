// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.ReleaseCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a reference could have been given back, judged from the code alone: for births of which no object ended well.
 *
 * <p>Looks at the release calls in the methods that were passed, exception handlers included, and that the object's history does
 * not show to have been made. The best first:
 *
 * <pre>
 *  never made for any object that ended well, before those that were made for others
 *  in a method that led to the taking, the innermost first
 *  in a method that led to a later event, the last event first
 *  elsewhere in a class that led to the taking
 *  after the taking in the same method, before those above it; then the nearest
 * </pre>
 */
final class UnmadeCalls {
    private static final int MOST = 3;
    private static final int ELSEWHERE = 1000;
    private static final int NOWHERE = 2 * ELSEWHERE;

    /** What it is worth that a get's class has a release that nobody ever made: more than a likeness of stacks tells. */
    private static final double OPEN = 0.6;

    private final List<Site> calls;
    private final HealthyModel model;
    private final Set<String> forgetful;

    /** A call, and how far from the taking it is. */
    private record Candidate(Site site, boolean madeForOthers, int distance, int lines) {
        private static final Comparator<Candidate> BEST = Comparator.comparing(Candidate::madeForOthers)
                .thenComparingInt(Candidate::distance)
                .thenComparingInt(Candidate::lines)
                .thenComparing(Candidate::site, Site.ORDER);

        boolean passed() {
            return distance < ELSEWHERE;
        }

        Finding.Expected expected() {
            double sure = passed() ? 0.5 : 0.3;
            return new Finding.Expected(site, List.of(site), 0, madeForOthers ? sure / 2 : sure);
        }
    }

    /**
     * @param calls those of the rule
     * @param puts the stacks of all puts of objects that came to a bad end
     */
    UnmadeCalls(List<ReleaseCall> calls, HealthyModel model, List<Stack> puts) {
        this.calls = calls.stream()
                .map(call -> new Site(call.className(), call.method(), call.file(), call.line(), false))
                .toList();
        this.model = model;
        Set<Site> made = puts.stream()
                .flatMap(put -> put.program().stream())
                .map(UnmadeCalls::place)
                .collect(Collectors.toSet());
        forgetful = this.calls.stream()
                .filter(site -> !made.contains(place(site)) && !model.knowsPutAt(site))
                .map(Site::className)
                .collect(Collectors.toSet());
    }

    private static Site place(Site site) {
        return new Site(site.className(), site.method(), null, site.line(), false);
    }

    /** How much speaks for it that this reference was left open, whatever the others are. */
    double openness(Reference taken) {
        return !taken.stack().isEmpty()
                        && forgetful.contains(taken.stack().site().className())
                ? OPEN
                : 0;
    }

    /** At most three, all of methods that were passed or all elsewhere; none if the code is not known or releases nothing. */
    List<Finding.Expected> expected(Reference open, Case of) {
        List<Stack> later = later(open, of);
        List<Candidate> candidates = calls.stream()
                .filter(site -> of.given().stream().noneMatch(put -> passes(put.stack(), site)))
                .map(site -> candidate(site, open.stack(), later))
                .filter(candidate -> candidate.distance() < NOWHERE)
                .sorted(Candidate.BEST)
                .toList();
        return candidates.stream()
                .filter(candidate -> candidate.passed() == candidates.get(0).passed())
                .limit(MOST)
                .map(Candidate::expected)
                .toList();
    }

    private static boolean passes(Stack stack, Site site) {
        return stack.program().stream().anyMatch(site::samePlace);
    }

    /** The stacks of the events after the taking, the last first. */
    private static List<Stack> later(Reference open, Case of) {
        List<Stack> later = new ArrayList<>();
        for (int i = of.history().events().size() - 1; i > open.position(); i--) {
            later.add(of.sites().stack(of.history().events().get(i).stack()));
        }
        return later;
    }

    private Candidate candidate(Site site, Stack taken, List<Stack> later) {
        int distance = distance(site, taken, later);
        int lines = taken.program().stream()
                .filter(site::sameMethod)
                .findFirst()
                .map(frame -> site.line() > frame.line() ? site.line() - frame.line() : ELSEWHERE + frame.line())
                .orElse(site.line());
        return new Candidate(site, model.knowsPutAt(site), distance, lines);
    }

    private static int distance(Site site, Stack taken, List<Stack> later) {
        for (int i = 0; i < taken.program().size(); i++) {
            if (taken.program().get(i).sameMethod(site)) {
                return i;
            }
        }
        int passed = taken.program().size();
        for (Stack stack : later) {
            for (Site frame : stack.program()) {
                if (frame.sameMethod(site)) {
                    return Math.min(passed, ELSEWHERE - 1);
                }
                passed++;
            }
        }
        for (int i = 0; i < taken.program().size(); i++) {
            if (taken.program().get(i).className().equals(site.className())) {
                return ELSEWHERE + i;
            }
        }
        return NOWHERE;
    }
}
