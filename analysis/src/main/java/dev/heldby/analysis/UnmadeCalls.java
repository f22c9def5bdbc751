// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.ReleaseCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a reference could have been given back, judged from the code alone: for births of which no object ended well.
 *
 * <p>Looks at the release calls in the methods that were passed, exception handlers included, and that the object's history does
 * not show to have been made. The best first:
 *
 * <pre>
 *  where the last use is known: in a class that led to it, the innermost first, after the use before elsewhere
 *  not what the compiler adds for an exception; helpers named as a release is
 *  never made for any object that ended well, before those that were made for others
 *  in the method that took, in its class, in a method that led to the taking, in one that led to a later event, elsewhere in
 *  a class that led to the taking; a method counts only where its code can still come to the call, else it is its class
 *  in other methods of a class, before what needs another call of the same one: that could not give back what is taken last
 *  after the taking in the same method, before those above it; then the nearest
 * </pre>
 */
final class UnmadeCalls {
    private static final int MOST = 3;
    private static final int ELSEWHERE = 1000;
    private static final int NOWHERE = 2 * ELSEWHERE;

    /** What it is worth that a get's class has a release that nobody ever made: more than a likeness of stacks tells. */
    private static final double OPEN = 0.6;

    private final List<Call> calls;
    private final HealthyModel model;
    private final Set<String> forgetful;

    /** @param reachedFrom the lines of its method that may run before it in the same call of the method */
    private record Call(Site site, Set<Integer> reachedFrom) {
        static Call of(ReleaseCall call) {
            Site site = new Site(call.className(), call.method(), call.file(), call.line(), false);
            return new Call(site, Set.copyOf(call.reachedFrom()));
        }

        /** Whether its method, which is at that place, may still come to it. */
        boolean mayFollow(Site frame) {
            return frame.sameMethod(site) && reachedFrom.contains(frame.line());
        }
    }

    /**
     * A call, and how far from the taking it is.
     *
     * @param again whether its method has to be called anew
     * @param onItsLine whether it is on the very line of the taking: what a try-with-resources does when something was thrown
     */
    private record Candidate(
            Site site,
            boolean afterUse,
            boolean onItsLine,
            int distance,
            boolean again,
            boolean madeForOthers,
            boolean gives,
            int lines) {
        private static final Comparator<Candidate> BEST = Comparator.comparingInt(Candidate::farAlong)
                .thenComparing(Candidate::onItsLine)
                .thenComparing(Candidate::givesNone)
                .thenComparing(Candidate::madeForOthers)
                .thenComparingInt(Candidate::distance)
                .thenComparing(Candidate::again)
                .thenComparingInt(Candidate::lines)
                .thenComparing(Candidate::site, Site.ORDER);

        private int farAlong() {
            return afterUse ? distance : ELSEWHERE;
        }

        private boolean givesNone() {
            return afterUse && !gives;
        }

        boolean isOfTaker() {
            return !afterUse && distance == 0;
        }

        boolean isBeside() {
            return !afterUse && distance == 1;
        }

        boolean isElsewhere() {
            return distance >= ELSEWHERE;
        }

        Finding.Expected expected() {
            double sure = afterUse && distance == 0 || !afterUse && !isElsewhere() ? 0.5 : 0.3;
            boolean doubtful = onItsLine || madeForOthers && !afterUse;
            return new Finding.Expected(site, List.of(site), 0, doubtful ? sure / 2 : sure);
        }
    }

    /**
     * @param calls those of the rule
     * @param puts the stacks of all puts of objects that came to a bad end
     */
    UnmadeCalls(List<ReleaseCall> calls, HealthyModel model, List<Stack> puts) {
        this.calls = calls.stream().map(Call::of).toList();
        this.model = model;
        Set<Site> made = puts.stream()
                .flatMap(put -> put.program().stream())
                .map(UnmadeCalls::place)
                .collect(Collectors.toSet());
        forgetful = this.calls.stream()
                .map(Call::site)
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

    /** At most three, all of methods that were passed or all elsewhere, but none beside a method that took and has one of its own; none if the code is not known or releases nothing. */
    List<Finding.Expected> expected(Reference open, Case of) {
        List<Stack> later = later(open, of);
        List<Candidate> candidates = calls.stream()
                .filter(call -> of.given().stream().noneMatch(put -> passes(put.stack(), call.site())))
                .map(call -> candidate(call, open.stack(), later, of))
                .filter(candidate -> candidate.distance() < NOWHERE)
                .sorted(Candidate.BEST)
                .toList();
        boolean takerHasItsOwn =
                candidates.stream().anyMatch(candidate -> candidate.isOfTaker() && !model.knowsPutAt(candidate.site()));
        return candidates.stream()
                .filter(candidate ->
                        candidate.isElsewhere() == candidates.get(0).isElsewhere())
                .filter(candidate -> !candidate.isBeside() || !takerHasItsOwn)
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

    private Candidate candidate(Call call, Stack taken, List<Stack> later, Case of) {
        Site site = call.site();
        Stack used = of.lastUse();
        int afterUse = afterUse(call, used);
        Stack from = afterUse < 0 ? taken : used;
        Optional<Site> passed = from.program().stream().filter(site::sameMethod).findFirst();
        int lines = passed.map(
                        frame -> site.line() > frame.line() ? site.line() - frame.line() : ELSEWHERE + frame.line())
                .orElse(site.line());
        int distance = afterUse < 0 ? distance(call, taken, later) : afterUse;
        return new Candidate(
                site,
                afterUse >= 0,
                taken.program().stream().anyMatch(site::samePlace),
                distance,
                passed.isPresent() && !call.mayFollow(passed.get()),
                model.knowsPutAt(site) && !isMadeForItsLike(site, of),
                model.knowsPutIn(site),
                lines);
    }

    private boolean isMadeForItsLike(Site site, Case of) {
        return model.lives(of.birth()).stream()
                .flatMap(life -> life.puts().stream())
                .anyMatch(put -> passes(put, site));
    }

    /** Negative unless in a class that led to the last use. What lies above the use in its method is as far as the class. */
    private static int afterUse(Call call, Stack used) {
        Site site = call.site();
        List<Site> frames = used.program();
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).className().equals(site.className())) {
                boolean ahead = frames.stream().anyMatch(frame -> call.mayFollow(frame) && frame.line() < site.line());
                return 2 * i + (ahead ? 0 : 1);
            }
        }
        return -1;
    }

    /** Who takes knows best who gives back: the class that took comes before whoever called it. */
    private static int distance(Call call, Stack taken, List<Stack> later) {
        Site site = call.site();
        List<Site> frames = taken.program();
        for (int i = 0; i < frames.size(); i++) {
            if (call.mayFollow(frames.get(i))) {
                return 2 * i;
            }
            if (i == 0 && frames.get(i).className().equals(site.className())) {
                return 1;
            }
        }
        int passed = 2 * frames.size();
        for (Stack stack : later) {
            for (Site frame : stack.program()) {
                if (call.mayFollow(frame)) {
                    return Math.min(passed, ELSEWHERE - 1);
                }
                passed++;
            }
        }
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).className().equals(site.className())) {
                return ELSEWHERE + i;
            }
        }
        return NOWHERE;
    }
}
