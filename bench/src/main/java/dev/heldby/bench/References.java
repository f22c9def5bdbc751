// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

/** References to one resource that others have references to as well; what a thread of its own uses. */
interface References {

    Object take();

    void release(Object reference);

    /** All that is known of who took it. */
    String whileHeld(Object reference);

    /** All that is known of who released it. */
    String afterRelease(Object reference);

    /** References that show what these record, where these do not themselves. */
    default References proof() {
        return this;
    }
}
