// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.complaint.Complaints;
import dev.heldby.depot.StackCapture;
import dev.heldby.depot.StackDepot;
import dev.heldby.depot.StackRecord;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.util.List;

/**
 * The door through which a part of the tracking library reaches the recorder: stacks, times and threads to write down,
 * and what went wrong. What is reported here ends up in the same findings as what woven code reports.
 *
 * <p>Any thread may call. A level decides what a library's part records; it is its rule's, so that it can be changed while
 * the program runs.
 */
public final class Witness {
    /** The library's parts, each a rule of that name. */
    public static final List<String> PARTS = List.of("directory", "count", "counted", "handle", "history", "slot");

    /** The classes whose frames on a stack only carry out what the program decided. */
    private static final List<String> PLUMBING = List.of(
            "dev.heldby.tracker.",
            "dev.heldby.count.",
            "dev.heldby.counted.",
            "dev.heldby.handle.",
            "dev.heldby.history.",
            "dev.heldby.slot.");

    private final Recorder recorder;
    private final Complaints complaints;
    private final FollowedRule rule;
    private final CountedKind kind;

    /** For one part of the library, in this process's recorder. */
    public static Witness ofProcess(String part) {
        LibraryStart.ensure();
        return new Witness(Probes.recorder(), Complaints.ofProcess(), part);
    }

    public Witness(Recorder recorder, Complaints complaints, String part) {
        this.recorder = recorder;
        this.complaints = complaints;
        rule = recorder.followLibrary(new RuleTraits(part, "", PLUMBING, List.of()));
        kind = recorder.kind(rule, null, End.LAST_PUT);
    }

    public Level level() {
        return rule.level();
    }

    public StackDepot depot() {
        return recorder.depot;
    }

    /** Whether a stack is to be recorded at that level and within the budget, which is then paid for. */
    public boolean admits(Level level) {
        return level.compareTo(Level.COUNT) > 0 && recorder.traces.admits(kind, level);
    }

    /** The caller's stack if it is to be recorded at that level and within the budget, else 0. */
    public int stack(Level level) {
        return admits(level) ? recorder.depot.save() : 0;
    }

    /** A stack that was to be recorded. */
    public int stack(StackCapture admitted) {
        return recorder.depot.save(admitted);
    }

    /** A stack of what goes on with something that has a stack already: recorded whole, and paid for. */
    public int laterStack(StackCapture capture) {
        recorder.traces.pay(rule.level());
        return recorder.depot.save(capture);
    }

    /** The caller's stack, at any level: for what went wrong. */
    public int stack() {
        return recorder.depot.save();
    }

    /** Something that is followed has begun with that stack, or with 0: with a stack it counts as traced. */
    public void begun(int stack) {
        if (stack != 0) {
            recorder.traces.begun.increment();
        }
    }

    /** Microseconds since the recorder began: the present ones if stacks are recorded at that level, else some recent ones. */
    public long micros(Level level) {
        return level.compareTo(Level.COUNT) > 0
                ? recorder.clock.micros(System.nanoTime())
                : recorder.clock.coarseMicros();
    }

    public long micros() {
        return recorder.clock.micros(System.nanoTime());
    }

    /** The calling thread's number, for a {@link Trail}. */
    public int thread() {
        return recorder.thread();
    }

    /** The name behind that number. */
    public String threadName(int thread) {
        return recorder.threadNames.name(thread);
    }

    /** Milliseconds of the wall clock at that time. */
    public long wallMillis(long micros) {
        return recorder.clock.wallMillis(micros);
    }

    /** The scope of what begins now on this thread, or null. */
    public Scope scope() {
        return recorder.scopes.ofBirth();
    }

    /** The scope that a misuse on this thread belongs to, of what began in that scope or, for null, in none; or null. */
    public Scope scopeOfMisuse(Scope birth) {
        return recorder.scopes.ofRefusal(birth);
    }

    /** Has that done as soon as an agent registers its own control bean; never if there is none. */
    public void whenManaged(Runnable registration) {
        recorder.registrations.add(registration);
    }

    /** From now on, what that source holds is held as far as scopes, ages and the exit are concerned. */
    public void watch(Holding.Source source) {
        recorder.holdings.add(source);
    }

    /** Learns from a reference that was given back in good order where that is done. Both stacks are handles, not 0. */
    public void learn(int taken, int givenBack, int takenBy, long takenMicros, int givenBackBy) {
        BirthPlace place = birthPlace(taken);
        if (place.healthy.count(Trail.shape(taken, givenBack), givenBack)) {
            Trail trail = new Trail();
            trail.add(Op.BORN, 1, taken, false, takenBy, takenMicros);
            trail.add(Op.PUT, 0, givenBack, false, givenBackBy, micros());
            place.healthy.addExample(trail);
        }
    }

    /** Learns from a whole life that ended in good order. Nothing, where its first event or its last put has no stack. */
    public void learn(Trail life) {
        int finalPut = life.lastStack(Op.PUT);
        if (finalPut != 0 && life.stack(0) != 0) {
            birthPlace(life.stack(0)).healthy.add(life, finalPut);
        }
    }

    private BirthPlace birthPlace(int stack) {
        StackRecord record = recorder.depot.fetch(stack);
        BirthPlace place = (BirthPlace) record.attachment();
        return place != null ? place : (BirthPlace) record.attachIfAbsent(new BirthPlace(stack, rule));
    }

    public Subject subject(String type, Scope scope, Trail trail, String note) {
        return new Subject(rule, type, scope, trail, 0, note);
    }

    /** Writes down what so many subjects alike came to. */
    public void observe(Observation.State state, Subject subject, long count) {
        kind.escalate(System.nanoTime());
        recorder.badEnds.observations.add(state, subject, count, micros());
    }

    /**
     * Says what is wrong, each time: in the log, as an event of the flight recorder, and to the listeners.
     *
     * @param kind the sort of complaint, such as {@code double-release}
     * @param subject what it is about, such as {@code netdev@3}
     * @param text one sentence, then whatever lines explain it
     * @param stack the place that did wrong: the first complaint of a kind at a place is marked as such
     */
    public void complain(String kind, String subject, String text, int stack) {
        recorder.unrecorded(() -> complaints.tell(rule.name(), kind, subject, text, stack));
    }

    /** As {@link #complain}, but only the first time that there is a complaint of this kind. */
    public void complainOnce(String kind, String subject, String text) {
        recorder.unrecorded(() -> complaints.tellOnce(rule.name(), kind, subject, text));
    }

    /** The stack with that handle as lines, each after five blanks; empty for 0. */
    public String lines(int stack) {
        return Complaint.lines(recorder.depot.frames(stack));
    }

    /**
     * An object begins its life with one reference; if it is collected with one left, that is observed.
     *
     * @return what the other methods know the object by; null if it is not followed
     */
    public Object born(Object object) {
        return recorder.born(object, null, kind, false);
    }

    /** The last reference is given back. */
    public void ended(Object state) {
        if (state != null) {
            recorder.put((Lifecycle) state, 1);
        }
    }

    /** The object is watched from now on as if it had been followed since that subject's trail began. */
    public void adopt(Object object, Subject subject) {
        recorder.adopt(object, kind, subject);
    }

    /** The last reference to an object that was adopted is given back. */
    public void endedMapped(Object object) {
        ended(recorder.mapped.find(object));
    }

    /** As {@link #born(Object)}, of a reference: it is shown under its family's class, and found with its family. */
    public Object born(Object reference, Family family) {
        try {
            Lifecycle lifecycle = recorder.born(reference, null, kind, false);
            if (lifecycle != null) {
                lifecycle.family = family;
            }
            return lifecycle;
        } finally {
            Reference.reachabilityFence(reference);
        }
    }

    /** What is recorded of that life, as a copy: without events if it is not traced. */
    public Trail history(Object state) {
        if (state == null) {
            return new Trail();
        }
        Lifecycle lifecycle = (Lifecycle) state;
        synchronized (lifecycle) {
            return lifecycle.trail == null ? new Trail() : lifecycle.trail.copy();
        }
    }

    /** This thread was refused a use, or a further put, through a reference that it had given back: observed, at that stack. */
    public void refused(Object state, Observation.State as, Op op, int stack) {
        if (state != null) {
            recorder.refusals.lapsed((Lifecycle) state, as, op, stack);
        }
    }

    /** Observes each reference of that family that is still held, and leaves it at that; returns their histories. */
    public List<Trail> surrenderAll(Family family, Observation.State as) {
        kind.escalate(System.nanoTime());
        return recorder.badEnds.surrenderAll(family, as);
    }

    /** An object whose collection is of interest. Whoever makes one keeps it until then. */
    public abstract static class Watched extends PhantomReference<Object> {
        protected Watched(Object object, Witness witness) {
            super(object, witness.recorder.collected);
        }

        /** Called once, soon after the object was collected, on a thread of ours. */
        protected abstract void collected();
    }
}
