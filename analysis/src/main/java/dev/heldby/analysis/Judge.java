// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;

/** Names the wrong events of the observations of one rule. Made once per rule, for one thread. */
final class Judge {
    private static final double GAPS = 0.7;
    private static final double COMPLETED = 0.9;
    private static final double STILL_HELD = 0.9;

    private final Sites sites;
    private final HealthyModel model;

    Judge(RuleTraits rule, List<Healthy> healthy) {
        sites = new Sites(rule);
        model = new HealthyModel(healthy, sites);
    }

    /** One suspicion for each place that did wrong; none if the object may live that long. */
    List<Suspicion> judge(Observation observation) {
        if (mayLive(observation)) {
            return List.of();
        }
        return switch (observation.state()) {
            case UNREACHABLE, HELD_AT_EXIT, AGED, HELD_AT_SCOPE_END -> missing(observation);
            case SURPLUS_PUT -> surplus(observation);
            case LAPSED_USE -> lapsed(observation);
        };
    }

    private boolean mayLive(Observation observation) {
        if (!isStillHeld(observation)) {
            return false;
        }
        List<Event> events = observation.example().events();
        if (events.stream().allMatch(event -> event.stack().isEmpty())) {
            // Without a stack nobody can tell what may be held for life from what may not; it would be a guess.
            return sites.hasLifelong();
        }
        return sites.isLifelong(birth(observation.example()));
    }

    private static boolean isStillHeld(Observation observation) {
        return observation.state() == Observation.State.HELD_AT_EXIT || observation.state() == Observation.State.AGED;
    }

    private Stack birth(History history) {
        return history.events().stream()
                .filter(event -> event.op() == Op.BORN)
                .findFirst()
                .map(event -> sites.stack(event.stack()))
                .orElseGet(() -> sites.stack(List.of()));
    }

    private List<Suspicion> missing(Observation observation) {
        List<Reference> taken = Reference.taken(observation.example(), sites);
        List<Reference> given = Reference.given(observation.example(), sites);
        if (taken.stream().allMatch(reference -> reference.stack().isEmpty())) {
            return List.of(unplaced(observation, Finding.Kind.MISSING_RELEASE, Op.BORN));
        }
        Matching matching = Matching.ofTaken(taken, given, weight(taken, given));
        List<Stack> paired =
                matching.pairs().stream().map(pair -> pair.taken().stack()).toList();
        List<Matching.Candidate> unpaired = matching.unpaired();
        return unpaired.stream()
                .map(open -> missing(observation, open.reference(), confidence(observation, open, unpaired), paired))
                .toList();
    }

    private Suspicion missing(Observation observation, Reference open, Confidence confidence, List<Stack> paired) {
        Op operation = open.event().op();
        if (open.stack().isEmpty()) {
            return unplaced(observation, Finding.Kind.MISSING_RELEASE, operation);
        }
        Site site = open.isBirth() ? model.siteOf(open.stack()) : open.stack().siteAgainst(paired);
        List<Finding.Expected> expected = open.isBirth()
                ? model.endsOf(open.stack())
                : model.putsOf(open.stack(), open.stack().program().indexOf(site) + 1);
        return new Suspicion(
                observation,
                Finding.Kind.MISSING_RELEASE,
                operation,
                open.stack(),
                site,
                confidence,
                model.count(birth(observation.example())),
                expected,
                Divergences.find(observation.example(), model.examples(birth(observation.example())), sites),
                null,
                steps(observation.example()));
    }

    private List<Suspicion> surplus(Observation observation) {
        List<Reference> taken = Reference.taken(observation.example(), sites);
        List<Reference> given = Reference.given(observation.example(), sites);
        if (given.isEmpty() || given.get(given.size() - 1).stack().isEmpty()) {
            return List.of(unplaced(observation, Finding.Kind.SURPLUS_RELEASE, Op.PUT));
        }
        Reference refused = given.get(given.size() - 1);
        Matching matching = Matching.ofGiven(taken, given, weight(taken, given));
        List<Matching.Candidate> unpaired = matching.unpaired();
        Matching.Candidate suspect = guilty(unpaired.get(0), refused);
        Reference guilty = suspect.reference();
        if (guilty.stack().isEmpty()) {
            return List.of(unplaced(observation, Finding.Kind.SURPLUS_RELEASE, Op.PUT));
        }
        List<Stack> others =
                matching.pairs().stream().map(pair -> pair.given().stack()).toList();
        return List.of(new Suspicion(
                observation,
                Finding.Kind.SURPLUS_RELEASE,
                Op.PUT,
                guilty.stack(),
                guilty.stack().siteAgainst(others),
                confidence(observation, suspect, unpaired),
                model.count(birth(observation.example())),
                List.of(),
                null,
                guilty.stack().sameProgram(refused.stack())
                        ? null
                        : refused.stack().site(),
                steps(observation.example())));
    }

    /** Whoever is refused is more often the victim: between equals an earlier put is suspected rather than it. */
    private static Matching.Candidate guilty(Matching.Candidate candidate, Reference refused) {
        if (candidate.rivals().isEmpty()) {
            return candidate;
        }
        List<Reference> equals = new ArrayList<>(candidate.rivals());
        equals.add(candidate.reference());
        equals.sort(Comparator.comparingInt(Reference::position));
        Reference earlier = equals.stream()
                .filter(put -> !put.stack().sameProgram(refused.stack()))
                .findFirst()
                .orElse(candidate.reference());
        equals.remove(earlier);
        return new Matching.Candidate(earlier, candidate.margin(), List.copyOf(equals));
    }

    private List<Suspicion> lapsed(Observation observation) {
        List<Event> events = observation.example().events();
        Stack use = sites.stack(
                events.isEmpty() ? List.of() : events.get(events.size() - 1).stack());
        if (use.isEmpty()) {
            return List.of(unplaced(observation, Finding.Kind.USE_AFTER_RELEASE, Op.USE));
        }
        List<Reference> given = Reference.given(observation.example(), sites);
        Stack last = given.isEmpty()
                ? sites.stack(List.of())
                : given.get(given.size() - 1).stack();
        return List.of(new Suspicion(
                observation,
                Finding.Kind.USE_AFTER_RELEASE,
                Op.USE,
                use,
                use.site(),
                Confidence.CERTAIN,
                model.count(birth(observation.example())),
                List.of(),
                null,
                last.isEmpty() ? null : last.site(),
                steps(observation.example())));
    }

    private Suspicion unplaced(Observation observation, Finding.Kind kind, Op operation) {
        return new Suspicion(
                observation,
                kind,
                operation,
                sites.stack(List.of()),
                null,
                Confidence.CERTAIN,
                model.count(birth(observation.example())),
                List.of(),
                null,
                null,
                steps(observation.example()));
    }

    private ToDoubleBiFunction<Reference, Reference> weight(List<Reference> taken, List<Reference> given) {
        Affinity affinity = new Affinity(Stream.concat(taken.stream(), given.stream())
                .map(Reference::stack)
                .toList());
        return (get, put) -> affinity.between(get, put) + model.bonus(get, put);
    }

    private Confidence confidence(
            Observation observation, Matching.Candidate candidate, List<Matching.Candidate> unpaired) {
        Confidence confidence = Confidence.of(candidate, unpaired.size());
        if (observation.example().dropped() > 0) {
            confidence = confidence.lowered(GAPS, "events of the history were dropped");
        }
        if (candidate.reference().event().inferred()) {
            confidence = confidence.lowered(COMPLETED, "its stack was completed from earlier ones at the same site");
        }
        return isStillHeld(observation)
                ? confidence.lowered(STILL_HELD, "it was still held, which may be meant")
                : confidence;
    }

    private List<Stack> alike(History history, Op op) {
        return history.events().stream()
                .filter(event -> event.op() == op)
                .map(event -> sites.stack(event.stack()))
                .toList();
    }

    private List<Finding.Step> steps(History history) {
        List<Finding.Step> steps = new ArrayList<>();
        for (Event event : history.events()) {
            Stack stack = sites.stack(event.stack());
            steps.add(new Finding.Step(
                    event.op(),
                    event.count(),
                    event.thread(),
                    event.at(),
                    stack.isEmpty() ? null : stack.siteAgainst(alike(history, event.op())),
                    stack.frames()));
        }
        return List.copyOf(steps);
    }
}
