// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

/** What is done to a call. */
public enum Kind {
    /** A release is left out. */
    SKIP,
    /** A release is made twice. */
    DOUBLE,
    /** A release is moved to before the use that precedes it. */
    EARLY,
    /** A retain is left out; its result is the object all the same. */
    DROP_RETAIN;

    /** Whether it is done to calls that take a reference; the others are done to those that give one back. */
    public boolean concernsGets() {
        return this == DROP_RETAIN;
    }

    /** Whether it leaves a reference that is never given back; the others take away one that is still needed. */
    public boolean leavesOpen() {
        return this == SKIP;
    }
}
