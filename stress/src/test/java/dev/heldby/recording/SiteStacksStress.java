// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** What {@link SiteStacks} claims of threads that learn at once: a race postpones trust, and never makes any. */
public final class SiteStacksStress {
    private static final int SITE = 7;
    private static final int STACK = 3;
    private static final int OTHER_STACK = 4;

    private SiteStacksStress() {}

    private static void seeOften(SiteStacks sites) {
        for (int i = 0; i <= SiteStacks.TRUST_AFTER; i++) {
            sites.learn(SITE, STACK);
        }
    }

    /* Asked twice, since one answer in several is a check. */
    private static boolean isTrusted(SiteStacks sites) {
        return sites.trusted(SITE) != 0 || sites.trusted(SITE) != 0;
    }

    /** A site whose first two calls were made at once and had two stacks is never trusted. */
    @JCStressTest
    @State
    @Outcome(id = "false", expect = ACCEPTABLE, desc = "Not trusted.")
    @Outcome(expect = FORBIDDEN, desc = "One of the two stacks was not noticed.")
    public static class TwoAtFirstSight {
        private final SiteStacks sites = new SiteStacks();

        @Actor
        public void learn() {
            sites.learn(SITE, STACK);
        }

        @Actor
        public void learnOther() {
            sites.learn(SITE, OTHER_STACK);
        }

        @Arbiter
        public void ask(Z_Result r) {
            seeOften(sites);
            r.r1 = isTrusted(sites);
        }
    }

    /** A trusted site that shows a second stack while another thread learns the known one is never trusted again. */
    @JCStressTest
    @State
    @Outcome(id = "false", expect = ACCEPTABLE, desc = "Not trusted any more.")
    @Outcome(expect = FORBIDDEN, desc = "The second stack was forgotten.")
    public static class SecondWhenTrusted {
        private final SiteStacks sites = new SiteStacks();

        public SecondWhenTrusted() {
            seeOften(sites);
        }

        @Actor
        public void learn() {
            sites.learn(SITE, STACK);
        }

        @Actor
        public void learnOther() {
            sites.learn(SITE, OTHER_STACK);
        }

        @Arbiter
        public void ask(Z_Result r) {
            seeOften(sites);
            r.r1 = isTrusted(sites);
        }
    }

    /** After a bad end no site is trusted for a while, also when another thread was about to end an earlier distrust. */
    @JCStressTest
    @State
    @Outcome(id = "false", expect = ACCEPTABLE, desc = "Not trusted for now.")
    @Outcome(expect = FORBIDDEN, desc = "The bad end was forgotten.")
    public static class BadEndWhileLearning {
        private final SiteStacks sites = new SiteStacks(2);

        public BadEndWhileLearning() {
            seeOften(sites);
            sites.distrust();
            sites.learn(SITE, STACK);
        }

        @Actor
        public void learn() {
            sites.learn(SITE, STACK);
        }

        @Actor
        public void distrust() {
            sites.distrust();
        }

        @Arbiter
        public void ask(Z_Result r) {
            r.r1 = isTrusted(sites);
        }
    }
}
