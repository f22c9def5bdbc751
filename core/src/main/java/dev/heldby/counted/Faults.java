// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import dev.heldby.Level;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import org.jspecify.annotations.Nullable;

/** What goes wrong with counted objects, in words. */
final class Faults {
    private static final Witness WITNESS = Witness.ofProcess("counted");

    private Faults() {}

    /** The present stack, if such are recorded. */
    static int stack() {
        return WITNESS.stack(Level.TRACE);
    }

    /** A counted object's life begins: it is followed as far as the level says. */
    static void begin(Object object, Count count) {
        if (WITNESS.level() != Level.OFF) {
            count.life = WITNESS.born(object);
            Census.add(object);
        }
    }

    static void end(Object object, Count count) {
        if (count.life != null) {
            WITNESS.ended(count.life);
            Census.remove(object);
        }
    }

    static void freed(Object object, Count count, int left) {
        int here = WITNESS.stack();
        String name = Tracing.name(object);
        WITNESS.complain(
                "freed-with-references",
                name,
                "The counted object " + name + born(count) + " was freed with " + left
                        + (left == 1 ? " reference" : " references") + " left beside the caller's.\nFreed at:\n"
                        + WITNESS.lines(here),
                here);
    }

    static void surplus(Object object, Count count) {
        int here = WITNESS.stack();
        String name = Tracing.name(object);
        WITNESS.refused(count.life, Observation.State.SURPLUS_PUT, Op.PUT, here);
        WITNESS.complain(
                "surplus-release",
                name,
                "release() was called for the counted object " + name
                        + (count.bornAt.isEmpty() ? "," : born(count))
                        + " which is destroyed already; it is ignored.\nReleased at:\n" + WITNESS.lines(here)
                        + destroyed(count),
                here);
    }

    static void used(@Nullable Object object, Count count) {
        if (object == null) {
            return;
        }
        int here = WITNESS.stack();
        String name = Tracing.name(object);
        WITNESS.refused(count.life, Observation.State.LAPSED_USE, Op.USE, here);
        WITNESS.complain(
                "use-after-destroy",
                name,
                "The counted object " + name + born(count) + " was used after it had been destroyed.\nUsed at:\n"
                        + WITNESS.lines(here)
                        + destroyed(count),
                here);
    }

    static void destructorFailed(Object object, Count count, Throwable thrown) {
        complain(
                "destructor-failed",
                "destructor",
                object,
                count,
                thrown + ", which goes no further; the object counts as destroyed.");
    }

    static void methodFailed(String method, Object object, Count count, Throwable thrown) {
        complain(method + "-failed", method + " method", object, count, thrown + ", which goes no further.");
    }

    private static void complain(String kind, String method, Object object, Count count, String end) {
        String name = Tracing.name(object);
        WITNESS.complain(
                kind,
                name,
                "The " + method + " of the counted object " + name + born(count) + " threw " + end,
                WITNESS.stack());
    }

    private static String destroyed(Count count) {
        return count.destroyedAt == 0 ? "" : "Destroyed at:\n" + WITNESS.lines(count.destroyedAt);
    }

    private static String born(Count count) {
        return count.bornAt.isEmpty() ? "" : ", made at " + count.bornAt + ",";
    }
}
