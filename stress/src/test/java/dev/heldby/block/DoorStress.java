// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link Door} claims of a report that fails: it is told before the next allocation of any thread. */
public final class DoorStress {
    private DoorStress() {}

    /** After a free that could not be reported, two threads allocate. */
    @JCStressTest
    @State
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It was told before either was reported.")
    @Outcome(expect = FORBIDDEN, desc = "A report came first, and a block that is gone could be in its way.")
    public static class FreeThatFails {
        private final Door door = new Door();
        private volatile boolean told;
        /** By actor: 1 if it was told by then, 2 if not. Each writes its own. */
        private final int[] when = new int[3];

        public FreeThatFails() {
            door.open(new BlockEvents() {
                @Override
                public void allocated(long address, long size, int rule) {
                    when[(int) size] = told ? 1 : 2;
                }

                @Override
                public long freed(long address) {
                    throw new StackOverflowError();
                }

                @Override
                public void missed() {
                    told = true;
                }
            });
            door.freed(8);
        }

        @Actor
        public void one(II_Result r) {
            r.r1 = allocate(1);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = allocate(2);
        }

        private int allocate(int actor) {
            door.allocated(8 * actor, actor, 0);
            return when[actor];
        }
    }
}
