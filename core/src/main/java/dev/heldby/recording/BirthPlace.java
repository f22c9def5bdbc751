// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/** All that was learned of the objects born with one stack. Attached to that stack's record, for good. */
final class BirthPlace {
    final int stack;
    final HealthyLives healthy;
    final SiteStacks sites = new SiteStacks();

    BirthPlace(int stack, FollowedRule rule) {
        this.stack = stack;
        this.healthy = new HealthyLives(rule);
    }
}
