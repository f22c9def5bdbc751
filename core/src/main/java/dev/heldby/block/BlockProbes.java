// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

/**
 * What woven code calls where blocks are allocated and freed, by way of the gate that every class loader can see. One door
 * for the process.
 *
 * <p>Every method may be called by any thread and throws nothing. The names and descriptors are the weaver's contract:
 * {@code dev.heldby.weave.Gate} is made from them.
 */
public final class BlockProbes {
    private static final Door DOOR = new Door();

    private BlockProbes() {}

    /** The door that woven code reports at. */
    public static Door door() {
        return DOOR;
    }

    /** A method has allocated a block by the rule of that number; nothing if the address is 0. */
    public static void allocated(long address, long size, int rule) {
        DOOR.allocated(address, size, rule);
    }

    /** A method is about to free that block; the result is its size, for {@link #unfreed}. */
    public static long freed(long address) {
        return DOOR.freed(address);
    }

    /** The method that was to free the block, by that rule, threw. */
    public static void unfreed(long address, long size, int rule) {
        DOOR.unfreed(address, size, rule);
    }
}
