// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

/**
 * What the weaver makes of a {@link Counted} class with a count of its own, which woven code keeps as it keeps the other. The
 * class gives its first reference back when the last one goes: that is what {@link #heldby$destroy} does.
 */
public interface OwnCounted extends CountedObject {
    /** Takes a reference. */
    void heldby$retain() throws Throwable;
}
