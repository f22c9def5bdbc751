// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

/**
 * When an object has to be destroyed, in executed steps.
 *
 * <p>From {@code earliest} on nothing in scope and no value that is still to be used leads to it. Until {@code latest} a
 * value that the running statement has already used may.
 */
record Fate(String type, End end, int earliest, int latest) {
    enum End {
        DESTROYED,
        /** Reachable when the program ends. */
        ALIVE,
        /** In a cycle of references, or reachable only from one. */
        CYCLE,
        /** Its constructor threw. */
        UNFINISHED
    }
}
