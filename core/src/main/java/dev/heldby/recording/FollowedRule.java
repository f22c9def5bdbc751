// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import dev.heldby.snapshot.RuleTraits;

/** A rule in force, with the level that it is recorded at now. */
public final class FollowedRule {
    private final RuleTraits traits;
    private volatile Level level;

    FollowedRule(RuleTraits traits, Level level) {
        this.traits = traits;
        this.level = level;
    }

    public RuleTraits traits() {
        return traits;
    }

    public String name() {
        return traits.name();
    }

    /** May change at any time; a probe reads it once. */
    public Level level() {
        return level;
    }

    void level(Level newLevel) {
        level = newLevel;
    }
}
