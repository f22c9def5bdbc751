// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Footprint;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.Example;
import dev.heldby.snapshot.Healthy.FinalPut;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts what a recorder knows into plain values. Takes no lock but that of one object at a time. */
public final class Snapshots {
    /** So many frames are looked at for classes whose code is of interest. */
    private static final int MOST_FRAMES = 100_000;

    private final Recorder recorder;
    private final String version;
    private final String mode;
    private final List<String> troubles;
    private final Code code;
    private volatile Supplier<List<Observation>> others = List::of;
    private volatile Supplier<Footprint> footprint = () -> null;
    private volatile Duration idle = Duration.ofMinutes(1);

    /** Of a program whose code is not read. */
    public Snapshots(Recorder recorder, String version, String mode, List<String> troubles) {
        this(recorder, version, mode, troubles, Code.UNREAD);
    }

    /**
     * @param mode see {@link Snapshot#mode()}
     * @param troubles a live list of what failed, read at each snapshot
     */
    public Snapshots(Recorder recorder, String version, String mode, List<String> troubles, Code code) {
        this.recorder = recorder;
        this.version = version;
        this.mode = mode;
        this.troubles = troubles;
        this.code = code;
    }

    /** Also tells what these give, of off-heap memory, but for what belongs to a scope. */
    public void also(Supplier<List<Observation>> observed, Supplier<Footprint> explained) {
        others = observed;
        footprint = explained;
    }

    /** Tells of ever more objects that lie idle once they have done so for that long. */
    public void growthAfter(Duration least) {
        idle = least;
    }

    /** What is known while the program runs: held references are no defect yet, unless there are ever more. */
    public Snapshot running() {
        Observations growing = new Growth(recorder, idle).observations();
        return take(live(), each -> true, true, others.get(), recorder.badEnds.observations, growing)
                .withFootprint(footprint.get());
    }

    /** What all that ended well so far taught, and nothing else. */
    public Snapshot learnt() {
        return take(live(), each -> false, true, List.of());
    }

    /** What is known when the program has ended: what is held now is held for ever. */
    public Snapshot atExit() {
        long live = live();
        Observations held = held(Observation.State.HELD_AT_EXIT, each -> true);
        return take(live, each -> true, true, others.get(), recorder.badEnds.observations, held)
                .withFootprint(footprint.get());
    }

    /**
     * What was born in that scope, which has ended, and was not given back; it is not told again. What ended well is told only if
     * something did not.
     */
    Snapshot ofScope(Scope scope) {
        long live = live();
        Observations held = held(Observation.State.HELD_AT_SCOPE_END, each -> each == scope);
        Snapshot snapshot = take(live, each -> each == scope, false, List.of(), recorder.badEnds.observations, held);
        recorder.badEnds.observations.removeAll(scope);
        return snapshot;
    }

    private Observations held(Observation.State state, Predicate<Scope> scope) {
        Observations held = new Observations();
        long now = recorder.clock.micros(System.nanoTime());
        recorder.forEachHolding(holding -> {
            if (scope.test(holding.scope())) {
                holding.surrender(subject -> held.add(state, subject, 1, now));
            }
        });
        return held;
    }

    private Snapshot take(
            long live,
            Predicate<Scope> scope,
            boolean alwaysHealthy,
            List<Observation> others,
            Observations... sources) {
        long refused = 0;
        List<Observation> observations = new ArrayList<>(others);
        for (Observations source : sources) {
            refused += source.refused();
            source.groups().stream()
                    .filter(group -> scope.test(group.key.scope()))
                    .forEach(group -> observations.add(observation(group)));
        }
        List<Healthy> healthy = observations.isEmpty() && !alwaysHealthy ? List.of() : healthy();
        return new Snapshot(
                version,
                mode,
                jvm(),
                Instant.now(),
                coverage(live, refused),
                rules(),
                observations,
                healthy,
                code.releaseCalls(classesPassed(observations), Helpers.names(rules(), observations, healthy)));
    }

    private static Set<String> classesPassed(List<Observation> observations) {
        return observations.stream()
                .flatMap(observation -> observation.example().events().stream())
                .flatMap(event -> event.stack().stream())
                .map(StackTraceElement::getClassName)
                .filter(className -> !RuleTraits.isJdk(className))
                .limit(MOST_FRAMES)
                .collect(Collectors.toSet());
    }

    private Observation observation(Observations.Group group) {
        return new Observation(
                group.key.state(),
                group.key.type(),
                group.key.rule().name(),
                group.count(),
                group.bytes(),
                instant(group.firstMicros),
                instant(group.lastMicros()),
                group.key.note(),
                group.example == null ? History.whole(List.of()) : history(group.example));
    }

    private History history(Trail trail) {
        List<Event> events = new ArrayList<>(trail.size());
        for (int i = 0; i < trail.size(); i++) {
            events.add(new Event(
                    trail.op(i),
                    trail.count(i),
                    recorder.threadNames.name(trail.thread(i)),
                    instant(trail.micros(i)),
                    recorder.depot.frames(trail.stack(i)),
                    trail.inferred(i)));
        }
        if (trail.showsUse() && !events.isEmpty()) {
            int before = Math.max(1, trail.sizeBefore(trail.lastUse()));
            events.add(before, use(trail.lastUse(), events.get(before - 1).count()));
        }
        return new History(List.copyOf(events), trail.dropped(), trail.folded());
    }

    private Event use(LastUse use, int count) {
        return new Event(
                Op.USE,
                count,
                recorder.threadNames.name(use.thread),
                instant(use.micros),
                recorder.depot.frames(use.stack),
                false);
    }

    private List<Healthy> healthy() {
        List<Healthy> healthy = new ArrayList<>();
        recorder.depot.forEach(stack -> {
            if (stack.attachment() instanceof BirthPlace place && place.healthy.total() > 0) {
                healthy.add(healthy(stack.frames(), place.healthy));
            }
        });
        return healthy;
    }

    private Healthy healthy(List<StackTraceElement> birth, HealthyLives lives) {
        List<FinalPut> finalPuts = new ArrayList<>();
        lives.forEachFinalPut((stack, count) -> finalPuts.add(new FinalPut(recorder.depot.frames(stack), count)));
        finalPuts.sort(Comparator.comparingLong(FinalPut::count).reversed());
        List<Example> examples = new ArrayList<>();
        lives.forEachExample((trail, count) -> examples.add(new Example(history(trail), count)));
        examples.sort(Comparator.comparingLong(Example::count).reversed());
        return new Healthy(lives.rule.name(), birth, lives.total(), List.copyOf(finalPuts), List.copyOf(examples));
    }

    private List<RuleTraits> rules() {
        return recorder.rules().stream().map(FollowedRule::traits).toList();
    }

    private Coverage coverage(long live, long refusedGroups) {
        List<String> sentences = new ArrayList<>(troubles);
        long refused = recorder.depot.statistics().refused();
        if (refused > 0) {
            sentences.add("The stack depot is full: " + refused + " stacks were not recorded.");
        }
        return new Coverage(
                recorder.begun(),
                live,
                recorder.traces.begun.sum(),
                recorder.dropped.sum() + refusedGroups,
                List.copyOf(sentences));
    }

    private long live() {
        long[] live = {0};
        recorder.forEachHolding(holding -> live[0] += holding.isHeld() ? 1 : 0);
        return live[0];
    }

    private Instant instant(long micros) {
        return Instant.ofEpochMilli(recorder.clock.wallMillis(micros));
    }

    /** Without the platform beans, which take long to start and which a program may want to configure first. */
    private static Snapshot.Jvm jvm() {
        ProcessHandle process = ProcessHandle.current();
        return new Snapshot.Jvm(
                process.pid(),
                System.getProperty("java.vm.version", ""),
                System.getProperty("sun.java.command", "").split(" ", 2)[0],
                process.info().startInstant().orElse(Instant.EPOCH));
    }
}
