// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

/**
 * Is told of each block of off-heap memory that is allocated and freed.
 *
 * <p>Called by any thread at any time: while a class is loaded, by cleaners, with any lock of the program held. So it takes
 * no lock that the program could wait for, and holds none of its own while it does what may itself allocate or free a
 * block, such as capturing a stack. A free may come from within {@link #allocated}; an allocation does not, as the {@link
 * Door} keeps it back.
 */
public interface BlockEvents {
    /** The size of what is not known. */
    long UNKNOWN = -1;

    /** How many rules there may be that blocks come by. */
    int MOST_RULES = 256;

    /** That block is there since a moment ago, by the rule of that number, from 0 to {@link #MOST_RULES}, exclusive. */
    void allocated(long address, long size, int rule);

    /**
     * The block that begins there is about to be freed. What was allocated before anyone looked is not known.
     *
     * @return its size, or {@link #UNKNOWN}
     */
    long freed(long address);

    /**
     * From now on a block may be on record that is gone, as the stack or the heap was too full to report its free. It is gone
     * for sure when another one is allocated where it was.
     */
    void missed();
}
