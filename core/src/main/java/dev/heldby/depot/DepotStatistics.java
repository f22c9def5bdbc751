// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

/**
 * What a {@link StackDepot} held and did, all at one moment; the kernel's {@code stackdepot} keeps the same counters, but
 * reads them without a lock.
 *
 * @param permanent stacks that stay for good
 * @param countedInUse stacks that stay until their last put
 * @param countedSaves records made by a counted save that found none; a further counted save of the stack is no new one
 * @param countedFrees records reclaimed at their last put
 * @param freePlaces places of reclaimed records that no new record took yet
 * @param refused saves that got the handle 0 because the depot was full
 */
public record DepotStatistics(
        int permanent, int countedInUse, long countedSaves, long countedFrees, int freePlaces, long refused) {

    /** All stacks held. */
    public int records() {
        return permanent + countedInUse;
    }
}
