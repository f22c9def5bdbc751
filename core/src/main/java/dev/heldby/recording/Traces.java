// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import dev.heldby.depot.StackDepot;
import dev.heldby.depot.StackRecord;
import dev.heldby.recording.Lifecycle.State;
import dev.heldby.snapshot.Op;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The histories: which lives get one, and what is written into it.
 *
 * <p>Any thread may call. A stack is captured before the lifecycle's monitor is taken; the count changes inside it, so that
 * the events of a trail and their counts are in one order.
 */
final class Traces {
    /** How many trails fit in a sixteenth of the heap. */
    static final long ROOM = Runtime.getRuntime().maxMemory() / 16 / 512;

    final LongAdder begun = new LongAdder();

    private final StackDepot depot;
    private final Clock clock;
    private final UseWatch uses;
    private final LongAdder dropped;
    private final long limit;
    private final AtomicLong counted = new AtomicLong();
    private final TraceBudget budget = new TraceBudget(System.nanoTime());

    /** @param dropped counts the lives that should have had a trail, but for want of room */
    Traces(StackDepot depot, Clock clock, UseWatch uses, LongAdder dropped, long limit) {
        this.depot = depot;
        this.clock = clock;
        this.uses = uses;
        this.dropped = dropped;
        this.limit = limit;
    }

    /** Begins a life, with a trail if the level and the budget allow it. */
    void start(Lifecycle lifecycle, Level level, ThreadState thread) {
        long now = System.nanoTime();
        boolean wanted = level == Level.FULL || budget.admits(lifecycle.kind.escalated(now), now);
        int stack = wanted ? depot.save() : 0;
        synchronized (lifecycle) {
            lifecycle.bornMicros = clock.micros(now);
            if (wanted && hasRoom(lifecycle)) {
                begun.increment();
                budget.spend(level);
                lifecycle.birthPlace = stack == 0 ? null : birthPlace(stack, lifecycle.kind.rule());
                lifecycle.trail = emptyTrail(lifecycle.trail, uses.admits(lifecycle.birthPlace));
                lifecycle.trail.add(Op.BORN, 1, stack, false, thread.name, lifecycle.bornMicros);
            } else {
                forget(lifecycle);
            }
            lifecycle.start();
        }
    }

    /** Whether one more stack is to be recorded, which is then paid for. */
    boolean admits(CountedKind kind, Level level) {
        if (level == Level.FULL) {
            return true;
        }
        long now = System.nanoTime();
        boolean admitted = budget.admits(kind.escalated(now), now);
        if (admitted) {
            budget.spend();
        }
        return admitted;
    }

    /** Pays for one more stack of something that was admitted. */
    void pay(Level level) {
        budget.spend(level);
    }

    private BirthPlace birthPlace(int stack, FollowedRule rule) {
        StackRecord record = depot.fetch(stack);
        BirthPlace place = (BirthPlace) record.attachment();
        return place != null ? place : (BirthPlace) record.attachIfAbsent(new BirthPlace(stack, rule));
    }

    private boolean hasRoom(Lifecycle lifecycle) {
        if (!lifecycle.trailCounted && counted.get() >= limit) {
            dropped.increment();
            return false;
        }
        if (!lifecycle.trailCounted) {
            counted.incrementAndGet();
            lifecycle.trailCounted = true;
        }
        return true;
    }

    /** The one of the life before, where it will do. */
    private static Trail emptyTrail(Trail before, boolean watched) {
        if (watched || before == null || before.lastUse() != null) {
            return watched ? new WatchedTrail() : new Trail();
        }
        before.clear();
        return before;
    }

    /** Takes the trail away. */
    void forget(Lifecycle lifecycle) {
        if (lifecycle.trail != null) {
            synchronized (lifecycle) {
                uncount(lifecycle);
                lifecycle.trail = null;
                lifecycle.birthPlace = null;
            }
        }
    }

    private void uncount(Lifecycle lifecycle) {
        if (lifecycle.trailCounted) {
            counted.decrementAndGet();
            lifecycle.trailCounted = false;
        }
    }

    /** Changes the count and writes the event; returns the references left. */
    int event(Lifecycle lifecycle, Op op, int change, ThreadState thread) {
        BirthPlace place = lifecycle.birthPlace;
        SiteStacks sites = thread.site == 0 || place == null || lifecycle.state != State.LIVE ? null : place.sites;
        int inferred = sites == null ? 0 : sites.trusted(thread.site);
        int stack = inferred != 0 ? inferred : captured(lifecycle, sites, thread.site);
        long micros = clock.micros(System.nanoTime());
        synchronized (lifecycle) {
            int count = change == 0 ? lifecycle.count() : lifecycle.addToCount(change);
            if (lifecycle.trail != null) {
                if (lifecycle.trail.needsFolding()) {
                    lifecycle.trail.fold();
                }
                lifecycle.trail.add(op, count, stack, inferred != 0, thread.name, micros);
            }
            return count;
        }
    }

    /** Looks at a use, if one is due. By now the trail may be another one, or none: then it is left alone. */
    void use(Lifecycle lifecycle, Trail trail, ThreadState thread) {
        long micros = clock.micros(System.nanoTime());
        if (trail.lastUse().isDue(micros)) {
            int stack = depot.save();
            budget.spend(lifecycle.kind.level());
            synchronized (lifecycle) {
                if (lifecycle.trail == trail) {
                    trail.lastUse().at(stack, thread.name, micros, trail.recorded());
                }
            }
        }
    }

    private int captured(Lifecycle lifecycle, SiteStacks sites, int site) {
        int stack = depot.save();
        budget.spend(lifecycle.kind.level());
        if (sites != null) {
            sites.learn(site, stack);
        }
        return stack;
    }

    /** Ends a life in good order, and learns from it. */
    void end(Lifecycle lifecycle, ThreadState thread) {
        synchronized (lifecycle) {
            if (lifecycle.state != State.LIVE) {
                return;
            }
            lifecycle.state = State.DEAD;
            if (lifecycle.birthPlace != null && lifecycle.trail != null) {
                lifecycle.birthPlace.healthy.add(lifecycle.trail, lifecycle.trail.lastStack(Op.PUT, thread.name));
                lifecycle.birthPlace.lifetimes.add(lifecycle.bornMicros, clock.coarseMicros());
            }
            if (!lifecycle.recycled) {
                // Kept for a lapsed use, but not counted: nothing tells us when it goes with its object.
                uncount(lifecycle);
            }
        }
    }

    /** Its object refused something: nothing is learnt from this life, nor was it good order if it has ended. */
    void unlearn(Lifecycle lifecycle) {
        synchronized (lifecycle) {
            if (lifecycle.birthPlace != null && lifecycle.trail != null && lifecycle.state == State.DEAD) {
                lifecycle.birthPlace.healthy.remove(lifecycle.trail, lifecycle.trail.lastStack(Op.PUT));
            }
            lifecycle.birthPlace = null;
        }
    }

    /** The history as it would be with that event at its end. */
    Trail with(Lifecycle lifecycle, Op op, int count, int stack, ThreadState thread) {
        budget.spend(lifecycle.kind.level());
        synchronized (lifecycle) {
            Trail trail = lifecycle.trail == null ? new Trail() : lifecycle.trail.copy();
            trail.add(op, count, stack, false, thread.name, clock.micros(System.nanoTime()));
            return trail;
        }
    }
}
