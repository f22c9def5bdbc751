// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

/**
 * A stack's 32-bit name in its {@link StackDepot}; 0 names no stack.
 *
 * <pre>
 *  31         27 26             20 19                         0
 *  | extra : 5  | generation : 7  | place, counted from 1 : 20 |
 * </pre>
 *
 * <p>The extra bits are the user's; they may make the handle negative and never change which stack is meant. The
 * generation says how many records the place had before, so that the handle of a reclaimed record is told from that of
 * its successor. A place whose generations are used up is given up, so that no handle ever names a second stack; a depot
 * whose stacks come and go has some 134 million handles to give, and then is full.
 *
 * <p>Pure arithmetic on the caller's own values. In the kernel it is {@code union handle_parts} of {@code stackdepot},
 * which has the extra bits but no generation.
 */
public final class StackHandle {
    /** How many extra bits there are. */
    public static final int EXTRA_BITS = 5;

    static final int GENERATION_SHIFT = 20;
    static final int EXTRA_SHIFT = Integer.SIZE - EXTRA_BITS;
    static final int GENERATIONS = 1 << EXTRA_SHIFT - GENERATION_SHIFT;
    static final int MAX_PLACE = (1 << GENERATION_SHIFT) - 1;

    private static final int NAME = (1 << EXTRA_SHIFT) - 1;

    private StackHandle() {}

    /** The same stack's handle with these bits, of which the lowest five count, instead of the ones it had; 0 stays 0. */
    public static int withExtraBits(int handle, int bits) {
        return handle == 0 ? 0 : handle & NAME | bits << EXTRA_SHIFT;
    }

    /** The user's bits, 0 to 31. */
    public static int extraBits(int handle) {
        return handle >>> EXTRA_SHIFT;
    }

    /** The handle as the depot made it. */
    static int name(int handle) {
        return handle & NAME;
    }

    static int place(int handle) {
        return handle & MAX_PLACE;
    }

    /** The name of the record that has the place next, or 0 if that was the last one. */
    static int successor(int name) {
        int next = name + (1 << GENERATION_SHIFT);
        return next <= NAME ? next : 0;
    }
}
