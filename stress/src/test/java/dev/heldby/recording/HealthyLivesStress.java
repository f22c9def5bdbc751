// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.heldby.Level;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** What {@link HealthyLives} claims of objects that die at once: each is counted, its last place and its way to live. */
public final class HealthyLivesStress {
    private static final FollowedRule RULE =
            new FollowedRule(new RuleTraits("toys", "", List.of(), List.of()), Level.FULL);
    private static final int PLACE = 7;

    private HealthyLivesStress() {}

    private static void die(HealthyLives lives, int birth) {
        Trail trail = new Trail();
        trail.add(Op.BORN, 1, birth, false, 1, 1);
        lives.add(trail, PLACE);
    }

    /** The total, what was counted at the place, and what was counted of all ways to live. */
    private static void ask(HealthyLives lives, III_Result r) {
        r.r1 = (int) lives.total();
        lives.forEachFinalPut((stack, count) -> r.r2 += (int) count);
        lives.forEachExample((trail, count) -> r.r3 += (int) count);
    }

    /** Two threads see a place and a way to live for the first time. */
    @JCStressTest
    @State
    @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "Both are counted.")
    @Outcome(expect = FORBIDDEN, desc = "One was lost, or counted twice.")
    public static class SameAtFirstSight {
        private final HealthyLives lives = new HealthyLives(RULE);

        @Actor
        public void one() {
            die(lives, 1);
        }

        @Actor
        public void other() {
            die(lives, 1);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            ask(lives, r);
        }
    }

    /** One thread counts a known way to live while another's new one has the table built anew. */
    @JCStressTest
    @State
    @Outcome(id = "3, 3, 3", expect = ACCEPTABLE, desc = "All are counted.")
    @Outcome(expect = FORBIDDEN, desc = "One was lost, or counted twice.")
    public static class KnownWhileTheTableGrows {
        private final HealthyLives lives = new HealthyLives(RULE);

        public KnownWhileTheTableGrows() {
            die(lives, 1);
        }

        @Actor
        public void known() {
            die(lives, 1);
        }

        @Actor
        public void unknown() {
            die(lives, 2);
        }

        @Arbiter
        public void arbiter(III_Result r) {
            ask(lives, r);
        }
    }
}
