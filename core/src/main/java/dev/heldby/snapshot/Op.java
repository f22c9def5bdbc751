// SPDX-License-Identifier: Apache-2.0
package dev.heldby.snapshot;

/** What happened to a counted object. The ordinals are part of the snapshot file's format. */
public enum Op {
    /** It came to life, with one reference held by whoever made it. */
    BORN,
    /** A reference was taken. */
    GET,
    /** A reference was given back. */
    PUT,
    /** It was used. */
    USE,
    /** A reference was handed over. */
    MOVE,
    /** The last reference went. */
    DEAD
}
