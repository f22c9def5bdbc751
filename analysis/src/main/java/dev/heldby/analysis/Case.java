// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;

/**
 * One observation laid open: its references, and what the healthy model and the code say of them.
 *
 * @param lost what was born by the same holder and came to a bad end, this one and those observed apart from it
 */
record Case(Observation observation, Sites sites, HealthyModel model, UnmadeCalls unmade, Losses lost) {
    private static final double GAPS = 0.7;
    private static final double FOLDED = 0.9;
    private static final double COMPLETED = 0.9;
    private static final double STILL_HELD = 0.9;
    private static final double GROWING = 0.8;

    History history() {
        return observation.example();
    }

    boolean isStillHeld() {
        return switch (observation.state()) {
            case HELD_AT_EXIT, HELD_AT_SCOPE_END, AGED, GROWING -> true;
            case UNREACHABLE, HELD_AT_CLOSE, SURPLUS_PUT, LAPSED_USE, MISUSE, UNREFERENCED -> false;
            case LAPSED_REFERENCE, LAPSED_VARIABLE, LAPSED_PARAMETER -> false;
        };
    }

    /** Whether there are ever more such objects; each may still be given back. */
    boolean isGrowing() {
        return observation.state() == Observation.State.GROWING;
    }

    /** The birth as far as it may excuse that it is still held. Whoever opens a scope knows whose initializers are its own. */
    List<StackTraceElement> birthToExcuse() {
        List<StackTraceElement> birth = history().birth();
        return observation.state() != Observation.State.HELD_AT_SCOPE_END
                ? birth
                : birth.stream()
                        .filter(frame -> !frame.getMethodName().equals("<clinit>"))
                        .toList();
    }

    List<Reference> taken() {
        return Reference.taken(history(), sites);
    }

    List<Reference> given() {
        return Reference.given(history(), sites);
    }

    /** Whether any use of it is known. */
    boolean isLookedAt() {
        return history().events().stream().anyMatch(event -> event.op() == Op.USE);
    }

    /** Where it was used last, by who has it still; empty where that is not known. */
    Stack lastUse() {
        return sites.lastUse(history(), 0);
    }

    /** Whether another reference of this very object was given back there. */
    boolean gaveBackAt(Site site) {
        return given().stream().anyMatch(put -> put.stack().program().contains(site));
    }

    /** Empty where none was recorded. */
    Stack birth() {
        return history().events().stream()
                .filter(event -> event.op() == Op.BORN)
                .findFirst()
                .map(event -> sites.stack(event.stack()))
                .orElseGet(() -> sites.stack(List.of()));
    }

    /** The stack of the last event, which for a refused call is that call. */
    Stack last() {
        List<Event> events = history().events();
        return sites.stack(
                events.isEmpty() ? List.of() : events.get(events.size() - 1).stack());
    }

    /** The thread of the last event; empty where there is none. */
    String lastThread() {
        List<Event> events = history().events();
        return events.isEmpty() ? "" : events.get(events.size() - 1).thread();
    }

    /** Of the last event; a use where there is none. */
    Op lastOperation() {
        List<Event> events = history().events();
        return events.isEmpty() ? Op.USE : events.get(events.size() - 1).op();
    }

    List<Stack> stacks(Op op) {
        return stacks(history(), op);
    }

    private List<Stack> stacks(History of, Op op) {
        return of.events().stream()
                .filter(event -> event.op() == op)
                .map(event -> sites.stack(event.stack()))
                .toList();
    }

    /** Null where no stack was recorded. */
    Site site(Stack stack, List<Stack> others) {
        return stack.isEmpty() ? null : model.wrappers().siteAgainst(stack, others);
    }

    ToDoubleBiFunction<Reference, Reference> weight() {
        Affinity affinity = new Affinity(Stream.concat(taken().stream(), given().stream())
                .map(Reference::stack)
                .toList());
        return (get, put) -> affinity.between(get, put) + model.bonus(get, put) - unmade.openness(get);
    }

    Confidence confidence(Matching.Candidate candidate, List<Matching.Candidate> unpaired) {
        Confidence confidence = Confidence.of(candidate, unpaired.size());
        if (history().dropped() > 0) {
            confidence = confidence.lowered(GAPS, "events of the history were dropped");
        } else if (history().folded() > 0) {
            confidence = confidence.lowered(FOLDED, "what its threads took and gave back at once was left out");
        }
        if (candidate.reference().event().inferred()) {
            confidence = confidence.lowered(COMPLETED, "its stack was completed from earlier ones at the same site");
        }
        if (isGrowing()) {
            return confidence.lowered(GROWING, "ever more are held, which may be meant");
        }
        return isStillHeld() ? confidence.lowered(STILL_HELD, "it was still held, which may be meant") : confidence;
    }

    /** Where a put ran that no recorded object of the same birth ran when all went well; null if none, or none are known. */
    Site foreignPut() {
        if (model.examples(birth()).isEmpty() || birth().isEmpty()) {
            return null;
        }
        return stacks(Op.PUT).stream()
                .filter(put -> !put.isEmpty() && !model.knowsPut(put))
                .findFirst()
                .map(put -> site(put, stacks(Op.PUT)))
                .orElse(null);
    }

    Suspicion unplaced(Finding.Kind kind, Op operation) {
        return new Suspicion(this, kind, operation, sites.stack(List.of()), null, Confidence.CERTAIN, List.of(), null);
    }

    Finding.Divergence divergence() {
        return Divergences.find(observation, model.examples(birth()), sites, this::steps);
    }

    List<Finding.Step> steps() {
        return steps(history());
    }

    private List<Finding.Step> steps(History of) {
        List<Finding.Step> steps = new ArrayList<>();
        for (Event event : of.events()) {
            Stack stack = sites.stack(event.stack());
            Site site = site(stack, stacks(of, event.op()));
            steps.add(new Finding.Step(event.op(), event.count(), event.thread(), event.at(), site, stack.frames()));
        }
        return List.copyOf(steps);
    }
}
