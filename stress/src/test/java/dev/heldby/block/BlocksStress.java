// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.heldby.depot.StackDepot;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link Blocks} claim of threads that allocate, free and scan at once. */
public final class BlocksStress {
    private static final long FIRST = 0x7f00_0000_0000L;
    private static final long SECOND = 0x7f00_0000_1000L;
    private static final StackDepot NO_STACKS = new StackDepot(0);

    private BlocksStress() {}

    private static Blocks blocks(int capacity, AtomicInteger complaints) {
        return new Blocks(capacity, NO_STACKS, () -> 1, () -> 1, complaint -> complaints.incrementAndGet());
    }

    private static int size(Blocks blocks, long address) {
        Block block = blocks.blockAround(address);
        return block == null ? 0 : (int) block.size();
    }

    /** Two blocks that are allocated at once are both recorded. */
    @JCStressTest
    @State
    @Outcome(id = "2, 16, 32", expect = ACCEPTABLE, desc = "Both, each with its size.")
    @Outcome(expect = FORBIDDEN, desc = "A record was lost, or two blocks shared one.")
    public static class TwoAllocated {
        private final Blocks blocks = blocks(2, new AtomicInteger());

        @Actor
        public void allocate() {
            blocks.allocated(FIRST, 16);
        }

        @Actor
        public void allocateToo() {
            blocks.allocated(SECOND, 32);
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = blocks.held();
            r.r2 = size(blocks, FIRST);
            r.r3 = size(blocks, SECOND);
        }
    }

    /** The record of a block that is freed goes to another, or recording ends for want of one. */
    @JCStressTest
    @State
    @Outcome(id = "1, 32, 0", expect = ACCEPTABLE, desc = "Freed in time.")
    @Outcome(id = "0, 0, 1", expect = ACCEPTABLE, desc = "Freed too late: recording ended, and said so.")
    @Outcome(expect = FORBIDDEN, desc = "A record was lost or used twice, or the end was not said once.")
    public static class LastRecord {
        private final AtomicInteger complaints = new AtomicInteger();
        private final Blocks blocks = blocks(1, complaints);

        public LastRecord() {
            blocks.allocated(FIRST, 16);
        }

        @Actor
        public void free() {
            blocks.freed(FIRST);
        }

        @Actor
        public void allocate() {
            blocks.allocated(SECOND, 32);
        }

        @Arbiter
        public void look(III_Result r) {
            r.r1 = blocks.held();
            r.r2 = size(blocks, SECOND);
            r.r3 = complaints.get();
        }
    }

    /** Blocks beyond the last record end recording with one complaint, and nothing is left. */
    @JCStressTest
    @State
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Ended, and said so once.")
    @Outcome(expect = FORBIDDEN, desc = "A record is left, or the end was said twice or never.")
    public static class TooMany {
        private final AtomicInteger complaints = new AtomicInteger();
        private final Blocks blocks = blocks(1, complaints);

        public TooMany() {
            blocks.allocated(FIRST, 16);
        }

        @Actor
        public void allocate() {
            blocks.allocated(SECOND, 32);
        }

        @Actor
        public void allocateToo() {
            blocks.allocated(SECOND + 64, 32);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = blocks.held();
            r.r2 = complaints.get();
        }
    }

    /** A scan that reports a block never reports the one that is allocated at its address meanwhile. */
    @JCStressTest
    @State
    @Outcome(
            id = "0, 1",
            expect = ACCEPTABLE,
            desc = "The old block may have been reported; the new one is not listed.")
    @Outcome(
            expect = FORBIDDEN,
            desc = "A block was reported that the scan's index does not have, or a record was lost.")
    public static class ReportedAndReplaced {
        private final Blocks blocks = blocks(2, new AtomicInteger());
        private final BlockIndex index;

        public ReportedAndReplaced() {
            blocks.allocated(FIRST, 16);
            index = blocks.index();
        }

        @Actor
        public void replace() {
            blocks.freed(FIRST);
            blocks.allocated(FIRST, 32);
        }

        @Actor
        public void report() {
            index.judge(0, 0, 1);
            index.report(0);
        }

        @Arbiter
        public void look(II_Result r) {
            r.r1 = blocks.leaks().size();
            r.r2 = blocks.held();
        }
    }
}
