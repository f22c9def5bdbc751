// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * What {@link Ledger} claims of an owner that adds while others remove and visit.
 *
 * <p>The thread that makes a state is not always the one that acts, so the owner makes the ledger when it acts.
 */
public final class LedgerStress {
    private static final int PAGE = 64;
    private static final int PATIENCE = 10_000;
    private static final Lifecycle FILLER = Lifecycles.lifecycle();

    private LedgerStress() {}

    /** A ledger with one lifecycle, which its owner hands over to another thread. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static class HandedOver {
        final Lifecycle first = Lifecycles.lifecycle();
        final Lifecycle second = Lifecycles.lifecycle();
        Ledger ledger;
        private volatile boolean handed;

        final void handOver(Ledger made) {
            ledger = made;
            ledger.add(first);
            handed = true;
        }

        /** False if the owner does not come. */
        final boolean await() {
            for (int i = 0; i < PATIENCE && !handed; i++) {
                Thread.onSpinWait();
            }
            return handed;
        }
    }

    /** A visitor sees a whole lifecycle. */
    @JCStressTest
    @State
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Visited before it was added.")
    @Outcome(id = "7", expect = ACCEPTABLE, desc = "Visited after it was added.")
    @Outcome(expect = FORBIDDEN, desc = "A lifecycle was visited before what is known of it was written.")
    public static class Whole {
        private final Ledger ledger = new Ledger();

        @Actor
        public void add() {
            Lifecycle lifecycle = Lifecycles.lifecycle();
            lifecycle.bytes = 7;
            ledger.add(lifecycle);
        }

        @Actor
        public void visit(I_Result r) {
            r.r1 = -1;
            ledger.forEach(lifecycle -> r.r1 = lifecycle.kind == null ? 0 : (int) lifecycle.bytes);
        }
    }

    /** One that another thread removed is not seen any more, and the one that the owner adds meanwhile is. */
    @JCStressTest
    @State
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Removed by the other thread.")
    @Outcome(id = "-1, 1, 1", expect = ACCEPTABLE, desc = "The other thread came too early.")
    @Outcome(expect = FORBIDDEN, desc = "What was removed is still seen, or what was added is not seen once.")
    public static class AddedWhileRemoved extends HandedOver {

        /** The page is full, so that the owner looks for what the others emptied. */
        @Actor
        public void own() {
            Ledger full = new Ledger();
            for (int i = 1; i < PAGE; i++) {
                full.add(FILLER);
            }
            handOver(full);
            ledger.add(second);
        }

        @Actor
        public void remove(III_Result r) {
            r.r1 = -1;
            if (await()) {
                Ledger.remove(first);
                r.r1 = Lifecycles.visits(ledger::forEach, first);
            }
        }

        @Arbiter
        public void visit(III_Result r) {
            r.r2 = Lifecycles.visits(ledger::forEach, first);
            r.r3 = Lifecycles.visits(ledger::forEach, second);
        }
    }

    /** When the owner and another thread remove the same one, neither takes away what came into its slot since. */
    @JCStressTest
    @State
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Removed once, and its slot used again.")
    @Outcome(expect = FORBIDDEN, desc = "What was removed is still seen, or the late remover took another one away.")
    public static class RemovedTwice extends HandedOver {

        @Actor
        public void own() {
            handOver(new Ledger());
            Ledger.remove(first);
            ledger.add(second);
        }

        @Actor
        public void remove() {
            if (await()) {
                Ledger.remove(first);
            }
        }

        @Arbiter
        public void visit(II_Result r) {
            r.r1 = Lifecycles.visits(ledger::forEach, first);
            r.r2 = Lifecycles.visits(ledger::forEach, second);
        }
    }
}
