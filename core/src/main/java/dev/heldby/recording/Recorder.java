// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import dev.heldby.depot.StackDepot;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.recording.Lifecycle.State;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes down what happens to counted objects.
 *
 * <p>Any thread may report any event. An event takes no lock but that of its own object, and at level <em>count</em> a get
 * or a put is one atomic addition. A get is to be reported after it succeeded and a put before it takes effect, so that
 * the count here is never ahead of the object's death. What the recorder's own work does to counted objects is ignored.
 */
public final class Recorder {
    private static final int STACKS = 1 << 18;
    private static final int BYTES_A_TRAIL = 512;

    private final long originNanos = System.nanoTime();
    private final long originMillis = System.currentTimeMillis();

    final StackDepot depot;
    final ThreadNames threadNames = new ThreadNames();
    final LiveSet live = new LiveSet();
    final IdentityMap mapped = new IdentityMap();
    final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    final Observations observations = new Observations();
    final Scopes scopes = new Scopes();
    final LongAdder lifecycles = new LongAdder();
    final LongAdder traced = new LongAdder();
    final LongAdder dropped = new LongAdder();

    private final List<FollowedRule> rules = new CopyOnWriteArrayList<>();
    private final TraceBudget budget = new TraceBudget(originNanos);
    private final AtomicLong trails = new AtomicLong();
    private final long trailLimit;
    private volatile CountedKind[] kinds = {};

    private final ThreadLocal<ThreadState> threadState = ThreadLocal.withInitial(
            () -> new ThreadState(threadNames.number(Thread.currentThread().getName())));

    public Recorder() {
        this(STACKS, Runtime.getRuntime().maxMemory() / 16 / BYTES_A_TRAIL);
    }

    Recorder(int stacks, long trailLimit) {
        this.depot = new StackDepot(stacks);
        this.trailLimit = trailLimit;
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
            Lifecycle lifecycle = previous == null || !previous.refersTo(object)
                    ? begin(object, previous, kind, isMapped, thread)
                    : beginAgain(previous, thread);
            lifecycles.increment();
            startLife(lifecycle, level, thread);
            return lifecycle;
        } finally {
            thread.inside = false;
            // Or the collector could take it, and the reaper let it go, before it has its one reference.
            Reference.reachabilityFence(object);
        }
    }

    private Lifecycle begin(Object object, Lifecycle previous, CountedKind kind, boolean isMapped, ThreadState thread) {
        Lifecycle lifecycle = new Lifecycle(object, kind, collected);
        lifecycle.recycled = previous != null;
        live.add(lifecycle, thread.name);
        if (isMapped) {
            mapped.put(object, lifecycle);
        }
        return lifecycle;
    }

    private Lifecycle beginAgain(Lifecycle lifecycle, ThreadState thread) {
        if (lifecycle.state == State.DEAD && !lifecycle.recycled) {
            live.add(lifecycle, thread.name);
        }
        lifecycle.recycled = true;
        if (lifecycle.state == State.LIVE && !isNewborn(lifecycle)) {
            dropped.increment();
        } else if (lifecycle.state == State.LIVE) {
            lifecycles.decrement();
            traced.add(lifecycle.trail == null ? 0 : -1);
        }
        return lifecycle;
    }

    /** A recycler's new object is born by its constructor and at once again by its first use. */
    private static boolean isNewborn(Lifecycle lifecycle) {
        return lifecycle.count() == 1 && (lifecycle.trail == null || lifecycle.trail.size() == 1);
    }

    private void startLife(Lifecycle lifecycle, Level level, ThreadState thread) {
        long now = System.nanoTime();
        boolean trace =
                level == Level.FULL || level == Level.TRACE && budget.admits(lifecycle.kind.escalated(now), now);
        int stack = trace ? depot.save() : 0;
        synchronized (lifecycle) {
            lifecycle.startCount();
            lifecycle.state = State.LIVE;
            lifecycle.bytes = 0;
            lifecycle.bornMicros = micros(now);
            lifecycle.scope = scopes.ofBirth();
            thread.lastBorn = lifecycle;
            if (trace && hasTrail(lifecycle)) {
                traced.increment();
                spend(level);
                lifecycle.trail.add(Op.BORN, 1, stack, false, thread.name, lifecycle.bornMicros);
            } else {
                forgetTrail(lifecycle);
            }
        }
    }

    private void spend(Level level) {
        if (level == Level.TRACE) {
            budget.spend();
        }
    }

    private boolean hasTrail(Lifecycle lifecycle) {
        if (!lifecycle.trailCounted && trails.get() >= trailLimit) {
            dropped.increment();
            return false;
        }
        if (!lifecycle.trailCounted) {
            trails.incrementAndGet();
            lifecycle.trailCounted = true;
        }
        if (lifecycle.trail == null) {
            lifecycle.trail = new Trail();
        } else {
            lifecycle.trail.clear();
        }
        return true;
    }

    private void forgetTrail(Lifecycle lifecycle) {
        uncountTrail(lifecycle);
        lifecycle.trail = null;
    }

    private void uncountTrail(Lifecycle lifecycle) {
        if (lifecycle.trailCounted) {
            trails.decrementAndGet();
            lifecycle.trailCounted = false;
        }
    }

    /** References were taken. */
    void get(Lifecycle lifecycle, int references) {
        int count = lifecycle.addToCount(references);
        if (lifecycle.trail != null) {
            trace(lifecycle, Op.GET, count);
        }
    }

    /** References are about to be given back. */
    void put(Lifecycle lifecycle, int references) {
        End end = lifecycle.kind.end();
        boolean idle = end == End.LAST_PUT_IDEMPOTENT && lifecycle.state != State.LIVE;
        if (idle || references <= 0) {
            return;
        }
        int count = lifecycle.addToCount(-references);
        if (count < 0) {
            overdraw(lifecycle, references);
            return;
        }
        if (lifecycle.trail != null) {
            trace(lifecycle, Op.PUT, count);
        }
        if (count == 0 && end != End.TOLD) {
            dead(lifecycle);
        }
    }

    private void overdraw(Lifecycle lifecycle, int references) {
        ThreadState thread = threadState.get();
        thread.overdrawn = lifecycle;
        thread.overdraft = references;
        thread.overdrawnStack = thread.inside ? 0 : depot.save();
    }

    /** It was used. */
    void use(Lifecycle lifecycle) {
        if (lifecycle.trail != null) {
            trace(lifecycle, Op.USE, lifecycle.count());
        }
    }

    private void trace(Lifecycle lifecycle, Op op, int count) {
        ThreadState thread = threadState.get();
        if (thread.inside) {
            return;
        }
        thread.inside = true;
        try {
            int stack = depot.save();
            spend(lifecycle.kind.level());
            long micros = micros(System.nanoTime());
            synchronized (lifecycle) {
                if (lifecycle.trail != null) {
                    lifecycle.trail.add(op, count, stack, false, thread.name, micros);
                }
            }
        } finally {
            thread.inside = false;
        }
    }

    /** No reference is left; the object is about to be torn down. */
    void dead(Lifecycle lifecycle) {
        synchronized (lifecycle) {
            if (lifecycle.state != State.LIVE) {
                return;
            }
            lifecycle.state = State.DEAD;
            learn(lifecycle);
            if (!lifecycle.recycled) {
                // Kept for a lapsed use, but not counted: nothing tells us when it goes with its object.
                uncountTrail(lifecycle);
            }
        }
        if (!lifecycle.recycled) {
            live.remove(lifecycle);
            if (lifecycle.kind.end() == End.LAST_PUT_IDEMPOTENT) {
                mapped.remove(lifecycle);
                forget(lifecycle);
            }
        }
    }

    private void forget(Lifecycle lifecycle) {
        lifecycle.clear();
        synchronized (lifecycle) {
            forgetTrail(lifecycle);
        }
    }

    private void learn(Lifecycle lifecycle) {
        Trail trail = lifecycle.trail;
        int birth = trail == null ? 0 : HealthyLives.birthStack(trail);
        if (birth == 0) {
            return;
        }
        int place = trail.lastStack(Op.PUT, threadState.get().name);
        var stack = depot.fetch(birth);
        HealthyLives lives = (HealthyLives) stack.attachment();
        if (lives == null) {
            lives = (HealthyLives) stack.attachIfAbsent(new HealthyLives(lifecycle.kind.rule()));
        }
        lives.add(trail, place);
    }

    /** The put that this thread reported last has been refused by the object: so many references were not left. */
    void refusedPut(Lifecycle lifecycle) {
        ThreadState thread = threadState.get();
        if (thread.overdrawn == lifecycle) {
            thread.overdrawn = null;
            int count = lifecycle.addToCount(thread.overdraft) - thread.overdraft;
            if (!thread.inside) {
                refused(lifecycle, Op.PUT, count, thread.overdrawnStack, thread);
            }
        }
    }

    /** A use, or a get, has been refused by the object: no reference was left. */
    void refusedUse(Lifecycle lifecycle) {
        ThreadState thread = threadState.get();
        if (lifecycle.state == State.DEAD && !thread.inside) {
            refused(lifecycle, Op.USE, lifecycle.count(), depot.save(), thread);
        }
    }

    /** The refused operation is the last one on the trail that is reported; on the object's own it never happened. */
    private void refused(Lifecycle lifecycle, Op op, int count, int stack, ThreadState thread) {
        spend(lifecycle.kind.level());
        synchronized (lifecycle) {
            Trail trail = lifecycle.trail == null ? new Trail() : lifecycle.trail.copy();
            trail.add(op, count, stack, false, thread.name, micros(System.nanoTime()));
            complain(op == Op.PUT ? Observation.State.SURPLUS_PUT : Observation.State.LAPSED_USE, lifecycle, trail);
        }
    }

    private void complain(Observation.State state, Lifecycle lifecycle, Trail trail) {
        long now = System.nanoTime();
        lifecycle.kind.escalate(now);
        observations.add(state, lifecycle, trail, micros(now));
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
        Lifecycle last = threadState.get().lastBorn;
        return last != null && last.refersTo(object) ? last : mapped.find(object);
    }

    /** The collector took the object: whoever held references to it can never give them back. */
    void objectCollected(Lifecycle lifecycle) {
        synchronized (lifecycle) {
            if (lifecycle.state == State.LIVE && lifecycle.count() > 0) {
                complain(Observation.State.UNREACHABLE, lifecycle, lifecycle.trail);
                lifecycle.state = State.EXCUSED;
            }
            forgetTrail(lifecycle);
        }
        // Last, so that whoever misses it among the live finds it reported.
        live.remove(lifecycle);
        mapped.remove(lifecycle);
    }

    /** Sees to what the collector took already, though its references may not have come through the queue yet. */
    void reapCleared() {
        List<Lifecycle> gone = new ArrayList<>();
        live.forEach(lifecycle -> {
            if (lifecycle.refersTo(null)) {
                gone.add(lifecycle);
            }
        });
        unrecorded(() -> gone.forEach(this::objectCollected));
    }

    /** Reports as aged, once, what has lived longer than that. */
    void reportOlderThan(long ageMicros) {
        long now = micros(System.nanoTime());
        live.forEach(lifecycle -> {
            if (lifecycle.state == State.LIVE && now - lifecycle.bornMicros > ageMicros) {
                reportHeld(lifecycle, Observation.State.AGED, observations, now);
                lifecycle.state = State.EXCUSED;
            }
        });
    }

    void reportHeld(Lifecycle lifecycle, Observation.State state, Observations into, long micros) {
        synchronized (lifecycle) {
            into.add(state, lifecycle, lifecycle.trail, micros);
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

    long micros(long nanoTime) {
        return (nanoTime - originNanos) / 1000;
    }

    /** Milliseconds of the wall clock at that time of ours. */
    long wallMillis(long micros) {
        return originMillis + micros / 1000;
    }
}
