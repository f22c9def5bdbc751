// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/**
 * A stretch of the program, such as a test, at whose end all that was born in it should have been given back.
 *
 * <p>It belongs to the thread that opened it and to the threads that this one starts meanwhile. See {@link Scopes}.
 */
public final class Scope {
    private final String name;
    private final Scope outer;
    private volatile boolean open = true;

    Scope(String name, Scope outer) {
        this.name = name;
        this.outer = outer;
    }

    public String name() {
        return name;
    }

    Scope outer() {
        return outer;
    }

    boolean isOpen() {
        return open;
    }

    void end() {
        open = false;
    }
}
