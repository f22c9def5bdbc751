// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Each thread of a {@link LiveSet} adds to a ledger of its own, and what each adds is visited.
 *
 * <p>jcstress also runs the actors one after another on threads that die; there the second may get the first one's.
 */
@JCStressTest
@State
@Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "Two ledgers, and each lifecycle is visited once.")
@Outcome(expect = FORBIDDEN, desc = "Two living threads have one ledger, or a lifecycle was lost.")
public class LiveSetStress {
    private final LiveSet live = new LiveSet();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Lifecycle first = Lifecycles.lifecycle();
    private final Lifecycle second = Lifecycles.lifecycle();

    @Actor
    public void add() {
        threads.add(Thread.currentThread());
        live.ledger().add(first);
    }

    @Actor
    public void addToo() {
        threads.add(Thread.currentThread());
        live.ledger().add(second);
    }

    @Arbiter
    public void visit(III_Result r) {
        boolean shared = first.ledger == second.ledger && threads.stream().allMatch(Thread::isAlive);
        r.r1 = shared ? 1 : 2;
        r.r2 = Lifecycles.visits(live::forEach, first);
        r.r3 = Lifecycles.visits(live::forEach, second);
    }
}
