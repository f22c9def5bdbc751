// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import dev.heldby.depot.StackDepot;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.recording.Lifecycle.State;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes down what happens to counted objects.
 *
 * <p>Any thread may report any event. An event takes no lock but that of its own object, and at level <em>count</em> a get
 * or a put is at most one atomic addition. A get is to be reported after it succeeded and a put before it takes effect, so
 * that the count here is never ahead of the object's death. What the recorder's own work does to counted objects is
 * ignored.
 */
public final class Recorder {
    private static final int STACKS = 1 << 18;

    final Clock clock = new Clock();
    final StackDepot depot;
    final ThreadNames threadNames = new ThreadNames();
    final LiveSet live = new LiveSet();
    final IdentityMap mapped = new IdentityMap();
    final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    final Scopes scopes = new Scopes();
    final List<Holding.Source> holdings = new CopyOnWriteArrayList<>();
    final LongAdder dropped = new LongAdder();
    final UseWatch uses = new UseWatch();
    final Registrations registrations = new Registrations();
    private final Escapes escapes = new Escapes(this);
    private final Lapses lapses = new Lapses(this);
    final Traces traces;
    final BadEnds badEnds;
    final Refusals refusals = new Refusals(this);
    private final Reaper reaper = new Reaper(this);

    private final List<FollowedRule> rules = new CopyOnWriteArrayList<>();
    private volatile CountedKind[] kinds = {};
    private final List<FollowedRule> libraryRules = new ArrayList<>();
    private Function<String, Level> libraryLevels = part -> LibraryLevel.INITIAL;

    private final ThreadLocal<ThreadState> threadState = ThreadLocal.withInitial(
            () -> new ThreadState(threadNames.number(Thread.currentThread().getName())));

    public Recorder() {
        this(STACKS, Traces.ROOM);
    }

    Recorder(int stacks, long trailLimit) {
        depot = new StackDepot(stacks);
        traces = new Traces(depot, clock, uses, dropped, trailLimit);
        badEnds = new BadEnds(this);
    }

    /** The thread that sees to what was collected; whoever uses the recorder starts it. */
    public Reaper reaper() {
        return reaper;
    }

    /** The exceptions that left the methods which made lost objects. */
    public Escapes escapes() {
        return escapes;
    }

    /** Uses through variables whose references were given back. */
    public Lapses lapses() {
        return lapses;
    }

    /** Does all that waits for the platform's management; from now on such is done at once. */
    public void managed() {
        registrations.open();
    }

    /** Puts a rule in force. */
    public FollowedRule follow(RuleTraits traits, Level level) {
        FollowedRule rule = new FollowedRule(traits, level);
        rules.add(rule);
        return rule;
    }

    public List<FollowedRule> rules() {
        return rules;
    }

    /**
     * A new kind of objects under that rule.
     *
     * @param shownAs the type to report them under, or null for their own class
     */
    public synchronized CountedKind kind(FollowedRule rule, String shownAs, End end) {
        CountedKind[] more = Arrays.copyOf(kinds, kinds.length + 1);
        more[kinds.length] = new CountedKind(kinds.length, rule, shownAs, end);
        kinds = more;
        return more[more.length - 1];
    }

    CountedKind kind(int id) {
        return kinds[id];
    }

    /** Puts the rule of a part of the tracking library in force. */
    synchronized FollowedRule followLibrary(RuleTraits traits) {
        FollowedRule rule = follow(traits, libraryLevels.apply(traits.name()));
        libraryRules.add(rule);
        return rule;
    }

    /** Sets the level of the tracking library's parts, those in use and those to come. */
    public void setLibraryLevel(Level level) {
        setLibraryLevels(part -> level);
    }

    /** Sets the level of each of the tracking library's parts by its name, one of {@link Witness#PARTS}. */
    public synchronized void setLibraryLevels(Function<String, Level> levels) {
        libraryLevels = levels;
        libraryRules.forEach(rule -> setLevel(rule, levels.apply(rule.name())));
    }

    /** Visits all that is held, or was not seen to end. */
    void forEachHolding(Consumer<? super Holding> visitor) {
        live.forEach(visitor::accept);
        holdings.forEach(source -> source.forEach(visitor));
    }

    /** How many lives and references have begun. */
    long begun() {
        return live.begun() + holdings.stream().mapToLong(Holding.Source::begun).sum();
    }

    /** Of the calling thread. */
    ThreadState threadState() {
        return threadState.get();
    }

    /** The calling thread's number. */
    public int thread() {
        return threadState.get().name;
    }

    /** The name of the thread, or of the threads, with that number. */
    public String threadName(int number) {
        return threadNames.name(number);
    }

    /** Where the stacks of all that is recorded are kept. */
    public StackDepot depot() {
        return depot;
    }

    /** Changes a rule's level. At {@link Level#OFF} the lives under way are given up, since their ends will not be seen. */
    public void setLevel(FollowedRule rule, Level level) {
        rule.level(level);
        if (level == Level.OFF) {
            live.forEach(lifecycle -> abandon(lifecycle, rule));
        }
    }

    private void abandon(Lifecycle lifecycle, FollowedRule rule) {
        synchronized (lifecycle) {
            if (lifecycle.kind.rule() == rule && lifecycle.state == State.LIVE) {
                lifecycle.state = State.ABANDONED;
                dropped.increment();
            }
        }
    }

    /**
     * A life begins.
     *
     * @param previous the lifecycle of the same object's last life, or null
     * @param isMapped whether the lifecycle is to be found by identity later
     * @return the lifecycle to hang on the object; null if it is not followed
     */
    Lifecycle born(Object object, Lifecycle previous, CountedKind kind, boolean isMapped) {
        Level level = kind.level();
        ThreadState thread = threadState.get();
        if (level == Level.OFF || thread.inside) {
            return previous;
        }
        thread.inside = true;
        try {
            if (thread.ledger == null) {
                thread.ledger = live.ledger();
            }
            if (previous == null || !previous.refersTo(object)) {
                Lifecycle lifecycle = new Lifecycle(object, kind, collected);
                startLife(lifecycle, level, thread);
                enlist(lifecycle, object, isMapped, thread);
                return lifecycle;
            }
            if (!isNewborn(previous, thread)) {
                beginAgain(previous, thread);
                startLife(previous, level, thread);
            }
            return previous;
        } finally {
            thread.inside = false;
            // Or the collector could take it, and the reaper let it go, before it has its one reference.
            Reference.reachabilityFence(object);
        }
    }

    /** Follows an object from now on whose one reference was taken earlier, as that subject says. */
    void adopt(Object object, CountedKind kind, Subject subject) {
        unrecorded(() -> {
            ThreadState thread = threadState.get();
            if (thread.ledger == null) {
                thread.ledger = live.ledger();
            }
            Lifecycle lifecycle = new Lifecycle(object, kind, subject, collected);
            enlist(lifecycle, object, true, thread);
        });
    }

    private void enlist(Lifecycle lifecycle, Object object, boolean isMapped, ThreadState thread) {
        thread.ledger.add(lifecycle);
        if (isMapped) {
            mapped.put(object, lifecycle);
        }
    }

    /** A recycler's new object is born by its constructor and at once again by its first use. */
    private static boolean isNewborn(Lifecycle lifecycle, ThreadState thread) {
        return thread.lastBorn == lifecycle
                && lifecycle.state == State.LIVE
                && lifecycle.count() == 1
                && (lifecycle.trail == null || lifecycle.trail.size() == 1);
    }

    private void beginAgain(Lifecycle lifecycle, ThreadState thread) {
        if (lifecycle.state == State.LIVE) {
            dropped.increment();
        } else if (lifecycle.ledger == null) {
            thread.ledger.add(lifecycle);
        }
        lifecycle.recycled = true;
    }

    private void startLife(Lifecycle lifecycle, Level level, ThreadState thread) {
        thread.ledger.countBirth();
        lifecycle.bytes = 0;
        lifecycle.scope = scopes.ofBirth();
        thread.born(lifecycle);
        if (level == Level.COUNT) {
            lifecycle.bornMicros = clock.coarseMicros();
            traces.forget(lifecycle);
            lifecycle.start();
        } else {
            traces.start(lifecycle, level, thread);
        }
    }

    /** References were taken. */
    void get(Lifecycle lifecycle, int references) {
        if (lifecycle.trail != null) {
            event(lifecycle, Op.GET, references);
        } else if (lifecycle.kind.end() != End.TOLD) {
            lifecycle.addToCount(references);
        }
    }

    /**
     * References are about to be given back. More than there are is not an event yet: the object has still to refuse it.
     */
    void put(Lifecycle lifecycle, int references) {
        End end = lifecycle.kind.end();
        boolean idle = end == End.LAST_PUT_IDEMPOTENT && lifecycle.state != State.LIVE;
        // Without a history only the end matters; where it is told, there is no need to count.
        boolean uncounted = end == End.TOLD && lifecycle.trail == null && lifecycle.state == State.LIVE;
        if (idle || uncounted || references <= 0) {
            return;
        }
        if (lifecycle.state == State.DEAD || lifecycle.count() < references) {
            refusals.overdraw(lifecycle, references);
            return;
        }
        int count = lifecycle.trail != null ? event(lifecycle, Op.PUT, -references) : lifecycle.addToCount(-references);
        if (count < 0) {
            // Two puts raced for the last reference; the object will refuse one of them.
            lifecycle.addToCount(references);
            refusals.overdraw(lifecycle, references);
        } else if (count == 0 && end != End.TOLD) {
            dead(lifecycle);
        }
    }

    /** It was used. */
    void use(Lifecycle lifecycle) {
        if (lifecycle.trail != null) {
            event(lifecycle, Op.USE, 0);
            lapses.used(lifecycle);
        }
    }

    /** It was found usable, and is presumably used next. Costs nothing for most lives: see {@link UseWatch}. */
    void looked(Lifecycle lifecycle) {
        Trail trail = lifecycle.trail;
        lapses.used(lifecycle);
        if (trail != null && trail.lastUse() != null && lifecycle.state == State.LIVE) {
            ThreadState thread = threadState.get();
            if (!thread.inside) {
                unrecorded(() -> traces.use(lifecycle, trail, thread));
            }
        }
    }

    /** The thread is about to call a get or a put at that site; 0 if it is not. */
    void at(int site) {
        threadState.get().site = site;
    }

    private int event(Lifecycle lifecycle, Op op, int change) {
        ThreadState thread = threadState.get();
        if (thread.inside) {
            return lifecycle.addToCount(change);
        }
        thread.inside = true;
        try {
            return traces.event(lifecycle, op, change, thread);
        } finally {
            thread.inside = false;
            thread.site = 0;
            if (thread.through != null && change != 0) {
                thread.through.count(lifecycle, change);
            }
        }
    }

    /** No reference is left; the object is about to be torn down. */
    void dead(Lifecycle lifecycle) {
        if (lifecycle.state != State.LIVE) {
            return;
        }
        if (lifecycle.trail == null) {
            lifecycle.end();
        } else {
            traces.end(lifecycle, threadState.get());
        }
        if (!lifecycle.recycled) {
            Ledger.remove(lifecycle);
            if (lifecycle.kind.end() == End.LAST_PUT_IDEMPOTENT) {
                mapped.remove(lifecycle);
                lifecycle.clear();
                traces.forget(lifecycle);
            }
        }
    }

    /** The object has that size. */
    void bytes(Object object, long bytes) {
        Lifecycle lifecycle = lifecycleOf(object);
        if (lifecycle != null) {
            lifecycle.bytes = bytes;
        }
    }

    /** The object lives as long as it likes. */
    void excuse(Object object) {
        Lifecycle lifecycle = lifecycleOf(object);
        if (lifecycle != null) {
            synchronized (lifecycle) {
                lifecycle.state = State.EXCUSED;
            }
        }
    }

    /** The lifecycle of an object, wherever it is kept; null if it has none. Not for the hot path. */
    Lifecycle lifecycleOf(Object object) {
        Lifecycle recent = threadState.get().recent(object);
        Lifecycle known = recent == null ? mapped.find(object) : recent;
        return known == null ? WovenField.read(object) : known;
    }

    /** Runs work whose effect on counted objects is not to be recorded. */
    public void unrecorded(Runnable work) {
        ThreadState thread = threadState.get();
        boolean before = thread.inside;
        thread.inside = true;
        try {
            work.run();
        } finally {
            thread.inside = before;
        }
    }
}
