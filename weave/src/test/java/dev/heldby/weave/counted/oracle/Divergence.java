// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

/** One way in which a run is not what the oracle expects. */
record Divergence(Kind kind, String sentence) {
    enum Kind {
        /** Destroyed while something still held it, or although it must never be. */
        EARLY,
        /** Destroyed, but after the statement that let the last reference go. */
        LATE,
        /** Never destroyed. */
        LEAKED,
        TWICE,
        USED_AFTER,
        /** The program does something else than without weaving. */
        BEHAVIOUR,
        /** It did not end in time. */
        HUNG,
        /** The weaver threw. */
        WEAVING,
        /** The JVM refused a woven class. */
        VERIFYING
    }
}
