// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;

/**
 * The level that the tracking library begins with: the system property {@code heldby.level}, or else <em>trace</em>. An
 * agent that is installed sets its own.
 */
public final class LibraryLevel {
    static final Level INITIAL = named(System.getProperty("heldby.level", "trace"));

    /** Whether the library is off for this process: a constant, so that the JIT removes every call of it. */
    public static final boolean OFF = INITIAL == Level.OFF;

    private LibraryLevel() {}

    private static Level named(String name) {
        try {
            return Level.named(name);
        } catch (IllegalArgumentException e) {
            System.getLogger("dev.heldby")
                    .log(
                            System.Logger.Level.WARNING,
                            e.getMessage() + " The property heldby.level is ignored, and the level is trace.");
            return Level.TRACE;
        }
    }
}
