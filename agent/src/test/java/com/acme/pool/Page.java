// SPDX-License-Identifier: Apache-2.0
package com.acme.pool;

/** A type that carries its user's own annotations. */
@Counted
public final class Page {
    private int references = 1;

    @Counted.Retain
    public void pin() {
        references++;
    }

    @Counted.Release
    public void unpin() {
        references--;
    }
}
