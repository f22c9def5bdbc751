// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects that came from code which is not woven: nobody knows who holds them, so that they are never destroyed. */
final class Adoption {
    private Adoption() {}

    /** The count of an object that no constructor made, such as one that was read from a stream. */
    static Count count(Countable object) {
        synchronized (object) {
            Count count = object.heldby$count();
            if (count == null) {
                count = new Count();
                count.lend();
                object.heldby$count(count);
                object.heldby$visit(References.HOLD);
            }
            return count;
        }
    }

    /** An array that no woven code made: from now on it holds its elements. */
    static void array(@Nullable Object[] array) {
        synchronized (array) {
            if (Externals.find(array) == null) {
                for (Object element : array) {
                    References.hold(element);
                }
                Externals.add(array, List.of()).count.lend();
            }
        }
    }

    /** What others have put into an array is held for good, since nobody says when it is taken out. */
    static void filled(@Nullable Object[] array) {
        array(array);
        Externals.Entry entry = Externals.entry(array);
        if (entry != null) {
            entry.count.lend();
            for (Object element : array) {
                References.hold(element);
            }
        }
    }
}
