// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** All that was learned of the objects born with one stack. Attached to that stack's record, for good. */
final class BirthPlace {
    final int stack;
    final HealthyLives healthy;
    final Lifetimes lifetimes = new Lifetimes();
    final SiteStacks sites = new SiteStacks();
    /** See {@link UseWatch}. */
    final AtomicInteger livesToWatch = new AtomicInteger();

    final AtomicInteger livesWatched = new AtomicInteger();

    private final AtomicBoolean lost = new AtomicBoolean();

    BirthPlace(int stack, FollowedRule rule) {
        this.stack = stack;
        this.healthy = new HealthyLives(rule);
    }

    /** True once. */
    boolean firstLoss() {
        return lost.compareAndSet(false, true);
    }
}
