// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link StackDepot} claims of threads that save and fetch at once. */
public final class StackDepotStress {
    private StackDepotStress() {}

    /** Takes every stack for the same one. */
    private static void same(StackCapture capture, Fingerprinter.Fingerprint out) {
        out.start();
    }

    /** Threads racing with one new stack make one record. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One record, and its handle for both.")
    @Outcome(expect = FORBIDDEN, desc = "A stack was stored twice, or a save got another handle.")
    public static class OneNewStack {
        private final StackDepot depot = new StackDepot(4, said -> {}, StackDepotStress::same);

        @Actor
        public void save(III_Result r) {
            r.r1 = depot.save();
        }

        @Actor
        public void saveToo(III_Result r) {
            r.r2 = depot.save();
        }

        @Arbiter
        public void count(III_Result r) {
            r.r3 = depot.statistics().records();
        }
    }

    /** Of two new stacks for which there is one place left, one is stored and the other refused and counted. */
    @JCStressTest
    @State
    @Outcome(id = "1, 0, 1, 1", expect = ACCEPTABLE, desc = "The first thread got the last place.")
    @Outcome(id = "0, 1, 1, 1", expect = ACCEPTABLE, desc = "The second thread got the last place.")
    @Outcome(expect = FORBIDDEN, desc = "More was stored than there is place for, or a refusal was not counted.")
    public static class LastPlace {
        private final AtomicInteger stacks = new AtomicInteger();
        private final StackDepot depot = new StackDepot(1, said -> {}, (capture, out) -> {
            out.start();
            out.mix(stacks.incrementAndGet(), 0);
        });

        @Actor
        public void save(IIII_Result r) {
            r.r1 = depot.save();
        }

        @Actor
        public void saveToo(IIII_Result r) {
            r.r2 = depot.save();
        }

        @Arbiter
        public void count(IIII_Result r) {
            r.r3 = depot.statistics().records();
            r.r4 = (int) depot.statistics().refused();
        }
    }

    /** Whoever meets a stack by walking over all of them meets a whole one. */
    @JCStressTest
    @State
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "Looked before it was saved.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "Looked after it was saved.")
    @Outcome(expect = FORBIDDEN, desc = "The record was there before its handle or its frames.")
    public static class MetOnAWalk {
        private final StackDepot depot = new StackDepot(4, said -> {}, StackDepotStress::same);

        @Actor
        public void save() {
            depot.save();
        }

        @Actor
        public void walk(I_Result r) {
            depot.forEach(record ->
                    r.r1 += record.handle() != 0 && !record.frames().isEmpty() && depot.fetch(record.handle()) == record
                            ? 1
                            : -1);
        }
    }

    /** A counted save that races with the last put of its stack gets a handle that is good. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The stack is there, counted once.")
    @Outcome(expect = FORBIDDEN, desc = "The new user's stack was reclaimed, or counted for nobody.")
    public static class SavedWhileGivenBack {
        private final StackDepot depot = new StackDepot(4, said -> {}, StackDepotStress::same);
        private final int first = depot.saveCounted();
        private int second;

        @Actor
        public void put() {
            depot.put(first);
        }

        @Actor
        public void save() {
            second = depot.saveCounted();
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = depot.frames(second).isEmpty() ? 0 : 1;
            r.r2 = depot.statistics().countedInUse();
        }
    }
}
