// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The end of objects: the destructor, then what the fields hold. What thereby loses its last reference comes after it, one by
 * one, so that a list of any length needs no deeper stack.
 */
final class Destruction {
    private Destruction() {}

    /** The object's last reference was given up. */
    static void of(Object object, Count count) {
        InFlight inFlight = InFlight.ofThread();
        if (inFlight.doomed != null) {
            inFlight.doomed.add(object);
            return;
        }
        ArrayDeque<Object> doomed = new ArrayDeque<>(4);
        Object next = object;
        while (next != null) {
            destruct(next);
            inFlight.doomed = doomed;
            drop(next);
            inFlight.doomed = null;
            next = doomed.poll();
        }
    }

    private static void destruct(Object object) {
        if (object instanceof Countable countable) {
            Count count = countable.heldby$count();
            if (count != null && !count.unborn && object instanceof CountedObject) {
                destruct(countable, count);
            }
        }
    }

    /** Destroys the object with references left. */
    static void force(CountedObject object, Count count) {
        destruct(object, count);
        object.heldby$drop();
    }

    private static void destruct(Countable object, Count count) {
        count.destroyedAt = Faults.stack();
        count.destroyer = Thread.currentThread();
        Statistics.destroyed(object, count);
        Tracing.destroyed(object, count);
        try {
            object.heldby$destroy();
        } catch (Throwable e) {
            Faults.destructorFailed(object, count, e);
        } finally {
            count.destroyer = null;
        }
    }

    private static void drop(@Nullable Object object) {
        if (object instanceof Countable countable) {
            countable.heldby$drop();
        } else if (object != null) {
            Externals.drop(object);
        }
    }
}
