// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

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
}
