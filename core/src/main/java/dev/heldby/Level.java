// SPDX-License-Identifier: Apache-2.0
package dev.heldby;

import java.util.Locale;

/** How much is recorded of the objects that a rule follows. Each level includes the ones before it. */
public enum Level {
    /** Nothing; the probes are taken out of the code. */
    OFF,
    /** Every lifecycle is followed, without stacks. */
    COUNT,
    /** As many lifecycles as the budget allows carry a full history. */
    TRACE,
    /** Every lifecycle carries a full history. */
    FULL;

    /**
     * The level of that name, in any case.
     *
     * @throws IllegalArgumentException with a sentence that names the value and the possible ones
     */
    public static Level named(String name) {
        for (Level level : values()) {
            if (level.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return level;
            }
        }
        throw new IllegalArgumentException(
                "Unknown level \"" + name + "\"; the levels are off, count, trace and full.");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
