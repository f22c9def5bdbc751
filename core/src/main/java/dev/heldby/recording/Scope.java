// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A stretch of the program, such as a test, at whose end all that was born in it should have been given back.
 *
 * <p>Threads enter and exit it; one that is started by a thread in it is in it too. See {@link Scopes}.
 */
public final class Scope {
    private final String name;
    private final Scope outer;
    /* The open scopes directly within this one; any thread may open and end them. */
    private final Set<Scope> inner = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;

    Scope(String name, Scope outer) {
        this.name = name;
        this.outer = outer;
    }

    public String name() {
        return name;
    }

    void begin() {
        outer.inner.add(this);
    }

    void end() {
        open = false;
        outer.inner.remove(this);
    }

    /** This scope, or the nearest one around it that is open. */
    Scope innermostOpen() {
        Scope scope = this;
        while (!scope.open) {
            scope = scope.outer;
        }
        return scope;
    }

    /** The innermost of the scopes within this one, for as long as there is only one to choose; else this one. */
    Scope onlyOneWithin() {
        Scope scope = this;
        while (true) {
            var candidates = scope.inner.iterator();
            Scope only = candidates.hasNext() ? candidates.next() : null;
            if (only == null || candidates.hasNext()) {
                return scope;
            }
            scope = only;
        }
    }
}
