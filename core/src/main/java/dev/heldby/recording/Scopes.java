// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The scopes that are open, and which of them a birth belongs to.
 *
 * <p>A birth belongs to the innermost open scope of its thread, or of the thread that started it; where that scope has
 * others open within it, as a test class has its tests, to the only one of them if there is exactly one. On a thread
 * without a scope, such as a pooled worker, it belongs to the only open scope in the same way, and if there are several
 * to the scope around them all, or to none: a guess would blame a neighbour. The workers of a fork-join pool inherit no
 * scope, since they are started on behalf of whoever happens to need one and serve all. What a test runner's own
 * workers do outside of scopes, which is to run tests that nobody watches, belongs to none.
 */
final class Scopes {
    private final Scope whole = new Scope("", null);
    /** Programs that have no scopes pay nothing for them. */
    private volatile boolean everOpened;

    /** Classes of threads that opened a scope, but for the JDK's own; only added to. */
    private final Set<Class<?>> runners = ConcurrentHashMap.newKeySet();

    private final InheritableThreadLocal<Place> places = new InheritableThreadLocal<>() {
        @Override
        protected Place childValue(Place parent) {
            return parent == null ? null : new Place(parent.scope, null, true);
        }
    };

    /** Where a thread is, and where it was before that. */
    private record Place(Scope scope, Place before, boolean isInherited) {}

    /** Opens a scope within another or, for null, within none. No thread is in it yet. */
    Scope open(String name, Scope outer) {
        Scope scope = new Scope(name, outer == null ? whole : outer);
        everOpened = true;
        scope.begin();
        Class<?> thread = Thread.currentThread().getClass();
        if (thread.getClassLoader() != null) {
            runners.add(thread);
        }
        return scope;
    }

    Scope openWithinThisThreads(String name) {
        return open(name, ofThread());
    }

    /** This thread, and those that it starts, work in that scope until it exits. */
    void enter(Scope scope) {
        places.set(new Place(scope, places.get(), false));
    }

    /** Does nothing if this thread entered another scope since. */
    void exit(Scope scope) {
        Place place = places.get();
        if (place != null && place.scope == scope) {
            places.set(place.before);
        }
    }

    /** The scope of a birth on this thread, or null. */
    Scope ofBirth() {
        if (!everOpened) {
            return null;
        }
        Scope scope = ofThread();
        return scope == whole && isRunner(Thread.currentThread()) ? null : orNull(scope.onlyOneWithin());
    }

    /**
     * The scope of a refused call on this thread to an object of that scope, or null. Whoever is refused is more often
     * the victim, so it is the object's scope, or the nearest open one around it, before it is this thread's.
     */
    Scope ofRefusal(Scope birth) {
        Scope open = birth == null ? whole : birth.innermostOpen();
        return open == whole ? ofBirth() : open;
    }

    private Scope ofThread() {
        Place place = places.get();
        Thread thread = Thread.currentThread();
        if (place == null || place.isInherited && (thread instanceof ForkJoinWorkerThread || isRunner(thread))) {
            return whole;
        }
        return place.scope.innermostOpen();
    }

    private boolean isRunner(Thread thread) {
        return runners.contains(thread.getClass());
    }

    private Scope orNull(Scope scope) {
        return scope == whole ? null : scope;
    }
}
