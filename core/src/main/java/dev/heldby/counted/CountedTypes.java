// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program can ask about its counted objects, and do to them. Any thread may call. */
public final class CountedTypes {
    private CountedTypes() {}

    /** How many references there are to the object: 0 if it is destroyed, or not counted. */
    public static int references(Object object) {
        Count count = References.count(object);
        return count == null ? 0 : count.references();
    }

    /** Whether the object was counted, and is destroyed. */
    public static boolean isDestroyed(Object object) {
        Count count = References.count(object);
        return count != null && count.isDestroyed();
    }

    /** How many objects of counted types were made. */
    public static long allocated() {
        return Statistics.allocated();
    }

    /** How many objects of counted types were destroyed. */
    public static long destroyed() {
        return Statistics.destroyed();
    }

    /**
     * Destroys an object although there are references to it: its destructor runs, and what it holds is given up. A complaint
     * says where it was made, if more than the caller's reference is left. Does nothing if it is destroyed already.
     *
     * @throws IllegalArgumentException if the object is of no counted type
     */
    public static void free(Object object) {
        Count count = object instanceof CountedObject ? References.count(object) : null;
        if (count == null) {
            throw new IllegalArgumentException("The class " + object.getClass().getName()
                    + " is no counted type; only what is counted can be freed.");
        }
        int references = count.force();
        if (references > 1) {
            Faults.freed(object, count, references - 1);
        }
        if (references > 0) {
            Destruction.force((CountedObject) object, count);
        }
    }

    /** Takes a reference on behalf of code that is not woven, which gives it back by {@link #release}. Null is passed over. */
    public static void retain(@Nullable Object object) {
        References.hold(object);
    }

    /** Gives back what {@link #retain} took. A destroyed object is complained of; null is passed over. */
    public static void release(@Nullable Object object) {
        Count count = References.count(object);
        if (object != null && count != null && count.isDestroyed()) {
            Faults.surplus(object, count);
        } else {
            References.release(object);
        }
    }

    /**
     * The cycles of references that alone keep counted objects alive, one line each: the way around by types and fields. To be
     * asked while no other thread runs woven code, of objects that were made while the library's level for {@code counted}
     * was not off.
     */
    public static List<String> cycles() {
        return Cycles.find();
    }

    /** From now on, or no longer, the logger {@code dev.heldby.counted} says each change of a count. */
    public static void trace(boolean on) {
        Tracing.on = on;
    }
}
