// SPDX-License-Identifier: Apache-2.0
package com.acme.pool;

/** A user's own counted type, as the example of docs/rules.md describes it. */
public class Lease {
    private final int size;
    private int holders = 1;

    private Lease(int size) {
        this.size = size;
    }

    public static Lease of(int size) {
        return new Lease(size);
    }

    public synchronized boolean tryShare() {
        if (holders == 0) {
            return false;
        }
        holders++;
        return true;
    }

    public synchronized void giveBack(int references) {
        if (holders < references) {
            throw new IllegalStateException("given back too often");
        }
        holders -= references;
        if (holders == 0) {
            dispose();
        }
    }

    public synchronized int read() {
        if (holders == 0) {
            throw new IllegalStateException("given back already");
        }
        return size;
    }

    private void dispose() {}
}
