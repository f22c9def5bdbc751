// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

/** What is done with handles, so many times, by one way of closing them. Of one thread. */
public interface HandleWork {
    /** Takes a handle from the field that keeps it, reads it, and gives it back; returns the sum of their numbers. */
    long handOver(int times);

    /** Puts another handle into that field, which gives up the one that was there. */
    void store(int times);

    /** Makes a handle, reads it, and closes it; returns the sum of their numbers. */
    long life(int times);

    /** How many handles were closed. */
    long closed();
}
