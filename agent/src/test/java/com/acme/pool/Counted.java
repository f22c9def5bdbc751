// SPDX-License-Identifier: Apache-2.0
package com.acme.pool;

/** Marks a counted type; kept in the class file only. */
public @interface Counted {
    /** Takes a reference. */
    @interface Retain {}

    /** Gives a reference back. */
    @interface Release {}
}
