// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import dev.heldby.Level;
import dev.heldby.recording.Witness;
import org.jspecify.annotations.Nullable;

/** What goes wrong with counted objects, in words. */
final class Faults {
    private static final Witness WITNESS = Witness.ofProcess("counted");

    private Faults() {}

    /** The present stack, if such are recorded. */
    static int stack() {
        return WITNESS.stack(Level.TRACE);
    }

    static void used(@Nullable Object object, Count count) {
        if (object == null) {
            return;
        }
        int here = WITNESS.stack();
        String name = Tracing.name(object);
        WITNESS.complain(
                "use-after-destroy",
                name,
                "The counted object " + name + born(count) + " was used after it had been destroyed.\nUsed at:\n"
                        + WITNESS.lines(here)
                        + (count.destroyedAt == 0 ? "" : "Destroyed at:\n" + WITNESS.lines(count.destroyedAt)),
                here);
    }

    static void destructorFailed(Object object, Count count, Throwable thrown) {
        String name = Tracing.name(object);
        WITNESS.complain(
                "destructor-failed",
                name,
                "The destructor of the counted object " + name + born(count) + " threw " + thrown
                        + ", which goes no further; the object counts as destroyed.",
                WITNESS.stack());
    }

    private static String born(Count count) {
        return count.bornAt.isEmpty() ? "" : ", made at " + count.bornAt + ",";
    }
}
