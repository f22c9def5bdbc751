// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The scopes that are open, and which of them a birth belongs to.
 *
 * <p>A birth belongs to the innermost open scope of its thread, or of the thread that started it. On a thread without
 * one, such as a pooled worker, it belongs to the only open scope if there is exactly one, and else to none: a guess
 * would blame a neighbour.
 */
final class Scopes {
    private final Set<Scope> open = ConcurrentHashMap.newKeySet();
    private final InheritableThreadLocal<Scope> ofThread = new InheritableThreadLocal<>();

    Scope enter(String name) {
        Scope scope = new Scope(name, innermostOpen());
        open.add(scope);
        ofThread.set(scope);
        return scope;
    }

    void leave(Scope scope) {
        scope.end();
        open.remove(scope);
        if (ofThread.get() == scope) {
            ofThread.set(scope.outer());
        }
    }

    /** The scope of a birth on this thread, or null. */
    Scope ofBirth() {
        if (open.isEmpty()) {
            return null;
        }
        Scope own = innermostOpen();
        return own != null || open.size() != 1 ? own : open.stream().findFirst().orElse(null);
    }

    private Scope innermostOpen() {
        Scope scope = ofThread.get();
        while (scope != null && !scope.isOpen()) {
            scope = scope.outer();
        }
        return scope;
    }
}
