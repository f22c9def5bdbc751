// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import dev.heldby.depot.StackDepot;
import dev.heldby.depot.StackRecord;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.recording.Lifecycle.State;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.lang.ref.ReferenceQueue;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes down what happens to counted objects.
 *
 * <p>Any thread may report any event. An event takes no lock but that of its own object, and at level <em>count</em> a get
 * or a put is at most one atomic addition. A get is to be reported after it succeeded and a put before it takes effect, so that
 * the count here is never ahead of the object's death. What the recorder's own work does to counted objects is ignored.
 */
public final class Recorder {
    private static final int STACKS = 1 << 18;
    private static final int BYTES_A_TRAIL = 512;

    final Clock clock = new Clock();
    final StackDepot depot = new StackDepot(STACKS);
    final ThreadNames threadNames = new ThreadNames();
    final LiveSet live = new LiveSet();
    final IdentityMap mapped = new IdentityMap();
    final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    final Observations observations = new Observations();
    final Scopes scopes = new Scopes();
    final LongAdder traced = new LongAdder();
    final LongAdder dropped = new LongAdder();

    private final List<FollowedRule> rules = new CopyOnWriteArrayList<>();
    private final TraceBudget budget = new TraceBudget(System.nanoTime());
    private final AtomicLong trails = new AtomicLong();
    private final long trailLimit = Runtime.getRuntime().maxMemory() / 16 / BYTES_A_TRAIL;
    private volatile CountedKind[] kinds = {};

    private final ThreadLocal<ThreadState> threadState = ThreadLocal.withInitial(
            () -> new ThreadState(threadNames.number(Thread.currentThread().getName())));

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
                Lifecycle lifecycle = begin(object, kind, isMapped, thread);
                startLife(lifecycle, level, thread);
                return lifecycle;
            }
            if (!isNewborn(previous, thread)) {
                beginAgain(previous, thread);
                startLife(previous, level, thread);
            }
            return previous;
        } finally {
            thread.inside = false;
        }
    }

    private Lifecycle begin(Object object, CountedKind kind, boolean isMapped, ThreadState thread) {
        Lifecycle lifecycle = new Lifecycle(object, kind, collected);
        thread.ledger.add(lifecycle);
        if (isMapped) {
            mapped.put(object, lifecycle);
        }
        return lifecycle;
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
            forgetTrail(lifecycle);
            lifecycle.start();
        } else {
            startTraced(lifecycle, level, thread);
        }
    }

    private void startTraced(Lifecycle lifecycle, Level level, ThreadState thread) {
        long now = System.nanoTime();
        boolean trace = level == Level.FULL || budget.admits(lifecycle.kind.escalated(now), now);
        int stack = trace ? depot.save() : 0;
        synchronized (lifecycle) {
            lifecycle.bornMicros = clock.micros(now);
            lifecycle.birthPlace = stack == 0 ? null : birthPlace(stack, lifecycle.kind.rule());
            if (trace && hasTrail(lifecycle)) {
                traced.increment();
                budget.spend(level);
                lifecycle.trail.add(Op.BORN, 1, stack, false, thread.name, lifecycle.bornMicros);
            } else {
                forgetTrail(lifecycle);
            }
            lifecycle.start();
        }
    }

    private BirthPlace birthPlace(int stack, FollowedRule rule) {
        StackRecord record = depot.fetch(stack);
        BirthPlace place = (BirthPlace) record.attachment();
        return place != null ? place : (BirthPlace) record.attachIfAbsent(new BirthPlace(stack, rule));
    }

    private boolean hasTrail(Lifecycle lifecycle) {
        if (lifecycle.trail != null) {
            lifecycle.trail.clear();
        } else if (trails.get() < trailLimit) {
            trails.incrementAndGet();
            lifecycle.trail = new Trail();
        } else {
            dropped.increment();
        }
        return lifecycle.trail != null;
    }

    private void forgetTrail(Lifecycle lifecycle) {
        if (lifecycle.trail != null) {
            trails.decrementAndGet();
            lifecycle.trail = null;
            lifecycle.birthPlace = null;
        }
    }

    /** References were taken. */
    void get(Lifecycle lifecycle, int references) {
        if (needsNoCount(lifecycle)) {
            return;
        }
        int count = lifecycle.addToCount(references);
        if (lifecycle.trail != null) {
            trace(lifecycle, Op.GET, count);
        }
    }

    /** Without a history only the end matters, and the end is told. */
    private static boolean needsNoCount(Lifecycle lifecycle) {
        return lifecycle.trail == null && lifecycle.kind.end() == End.TOLD;
    }

    /** References are about to be given back. */
    void put(Lifecycle lifecycle, int references) {
        if (needsNoCount(lifecycle)) {
            return;
        }
        End end = lifecycle.kind.end();
        if (end == End.LAST_PUT_IDEMPOTENT && lifecycle.state != State.LIVE) {
            return;
        }
        int count = lifecycle.addToCount(-references);
        if (lifecycle.trail != null) {
            trace(lifecycle, Op.PUT, count);
        }
        if (count < 0) {
            ThreadState thread = threadState.get();
            thread.overdrawn = lifecycle;
            thread.overdraft = references;
        } else if (count == 0 && end != End.TOLD) {
            dead(lifecycle);
        }
    }

    /** It was used. */
    void use(Lifecycle lifecycle) {
        if (lifecycle.trail != null) {
            trace(lifecycle, Op.USE, lifecycle.count());
        }
    }

    /** The thread is about to call a get or a put at that site; 0 if it is not. */
    void at(int site) {
        threadState.get().site = site;
    }

    private void trace(Lifecycle lifecycle, Op op, int count) {
        ThreadState thread = threadState.get();
        if (thread.inside) {
            return;
        }
        thread.inside = true;
        try {
            boolean regular = thread.site != 0 && lifecycle.birthPlace != null && count >= 0;
            SiteStacks sites = regular ? lifecycle.birthPlace.sites : null;
            int inferred = sites == null ? 0 : sites.trusted(thread.site);
            int stack = inferred != 0 ? inferred : depot.save();
            if (inferred == 0) {
                budget.spend(lifecycle.kind.level());
                if (sites != null) {
                    sites.learn(thread.site, stack);
                }
            }
            long micros = clock.micros(System.nanoTime());
            synchronized (lifecycle) {
                if (lifecycle.trail != null) {
                    lifecycle.trail.add(op, count, stack, inferred != 0, thread.name, micros);
                }
            }
        } finally {
            thread.inside = false;
            thread.site = 0;
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
            endTraced(lifecycle);
        }
        if (!lifecycle.recycled) {
            Ledger.remove(lifecycle);
            if (lifecycle.kind.end() == End.LAST_PUT_IDEMPOTENT) {
                mapped.remove(lifecycle);
                forget(lifecycle);
            }
        }
    }

    private void endTraced(Lifecycle lifecycle) {
        synchronized (lifecycle) {
            if (lifecycle.state == State.LIVE) {
                lifecycle.state = State.DEAD;
                if (lifecycle.birthPlace != null && lifecycle.trail != null) {
                    int place = lifecycle.trail.lastStack(Op.PUT, threadState.get().name);
                    lifecycle.birthPlace.healthy.add(lifecycle.trail, place);
                }
            }
        }
    }

    private void forget(Lifecycle lifecycle) {
        lifecycle.clear();
        synchronized (lifecycle) {
            forgetTrail(lifecycle);
        }
    }

    /** The put that this thread reported last has been refused by the object: so many references were not left. */
    void refusedPut(Lifecycle lifecycle) {
        ThreadState thread = threadState.get();
        if (lifecycle.trail == null && lifecycle.state == State.DEAD) {
            refused(lifecycle, Op.PUT, Observation.State.SURPLUS_PUT);
        } else if (thread.overdrawn == lifecycle) {
            thread.overdrawn = null;
            lifecycle.addToCount(thread.overdraft);
            refused(lifecycle, Op.PUT, Observation.State.SURPLUS_PUT);
        }
    }

    /** A use, or a get, has been refused by the object: no reference was left. */
    void refusedUse(Lifecycle lifecycle) {
        if (lifecycle.state == State.DEAD) {
            use(lifecycle);
            refused(lifecycle, Op.USE, Observation.State.LAPSED_USE);
        }
    }

    /** The refused operation is the last one on the trail for as long as it takes to report it. */
    private void refused(Lifecycle lifecycle, Op op, Observation.State state) {
        Trail untraced = lifecycle.trail == null ? onlyEvent(op) : null;
        synchronized (lifecycle) {
            Trail trail = lifecycle.trail == null ? untraced : lifecycle.trail;
            complain(state, lifecycle, scopes.ofRefusal(lifecycle.scope), trail);
            if (trail != null) {
                trail.removeLast();
            }
        }
    }

    private Trail onlyEvent(Op op) {
        Trail trail = new Trail();
        trail.add(op, 0, depot.save(), false, threadState.get().name, clock.micros(System.nanoTime()));
        return trail;
    }

    private void complain(Observation.State state, Lifecycle lifecycle, Scope scope, Trail trail) {
        long now = System.nanoTime();
        lifecycle.kind.escalate(now);
        if (lifecycle.birthPlace != null) {
            lifecycle.birthPlace.sites.distrust();
        }
        observations.add(state, lifecycle, scope, trail, clock.micros(now));
    }

    /** The object that was just born on this thread, or is known by identity, has that size. */
    void bytes(Object object, long bytes) {
        Lifecycle lifecycle = recent(object);
        if (lifecycle != null) {
            lifecycle.bytes = bytes;
        }
    }

    /** The object that was just born on this thread, or is known by identity, lives as long as it likes. */
    void excuse(Object object) {
        Lifecycle lifecycle = recent(object);
        if (lifecycle != null) {
            lifecycle.state = State.EXCUSED;
        }
    }

    private Lifecycle recent(Object object) {
        Lifecycle recent = threadState.get().recent(object);
        return recent == null ? mapped.find(object) : recent;
    }

    /** The collector took the object: whoever held references to it can never give them back. */
    void objectCollected(Lifecycle lifecycle) {
        synchronized (lifecycle) {
            if (lifecycle.state == State.LIVE && lifecycle.count() > 0) {
                complain(Observation.State.UNREACHABLE, lifecycle, lifecycle.scope, lifecycle.trail);
                lifecycle.state = State.EXCUSED;
            }
            forgetTrail(lifecycle);
        }
        Ledger.remove(lifecycle);
        mapped.remove(lifecycle);
    }

    /** Reports as aged, once, what has lived longer than that. */
    void reportOlderThan(long ageMicros) {
        long now = clock.micros(System.nanoTime());
        live.forEach(lifecycle -> {
            if (now - lifecycle.bornMicros > ageMicros) {
                reportHeld(lifecycle, Observation.State.AGED, observations, now);
            }
        });
    }

    /** Reports it, if it is held, and never again: the collector may take it a moment later. */
    void reportHeld(Lifecycle lifecycle, Observation.State state, Observations into, long micros) {
        synchronized (lifecycle) {
            if (lifecycle.state == State.LIVE && lifecycle.count() > 0) {
                into.add(state, lifecycle, lifecycle.scope, lifecycle.trail, micros);
                lifecycle.state = State.EXCUSED;
            }
        }
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
