// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

/** What came of giving back a reference. The kernel's counterpart are the results of {@code ref_tracker_free}. */
public enum Release {
    /** It was held and is not any more. */
    RELEASED,
    /** It was released before; nothing changed, and that was complained of. The kernel's {@code -EINVAL}. */
    ALREADY_RELEASED,
    /** It was taken when there was no room for a tracker, and only counted. The kernel's {@code -EEXIST}. */
    UNTRACKED,
    /** It belongs to another directory; it is held there as before, and that was complained of. */
    WRONG_DIRECTORY,
    /** There was nothing to release, and that was complained of. */
    NEVER_TAKEN
}
