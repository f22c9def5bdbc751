// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.SplittableRandom;

/**
 * Tells stacks apart by 128 bits.
 *
 * <p>Two stacks with equal fingerprints are taken to be one; with a good mixing function that is wrong once in some
 * 2^64 distinct stacks.
 */
interface Fingerprinter {

    /**
     * Computes the fingerprint of the capture's innermost frames, at most {@link StackDepot#MAX_FRAMES} of them, without
     * the very first: that is our own, and only tells in which way the stack is saved.
     */
    void fingerprint(StackCapture capture, Fingerprint out);

    /** The fingerprint last computed; a caller's own, so that nothing is allocated. */
    final class Fingerprint {
        private static final long[] KEYS = new SplittableRandom(0x48656c644279L)
                .longs(2L * StackDepot.MAX_FRAMES)
                .toArray();

        long high;
        long low;
        private int next;

        /** Has the keys made: when the first stack is saved there may be no memory for them. */
        static void prepare() {}

        void start() {
            high = 0;
            low = 0;
            next = 0;
        }

        /**
         * Mixes a frame's 128 bits in: the product of its halves, each with a key of the frame's position added, goes to a sum
         * of 128 bits. That is NH (Black, Halevi, Krawczyk, Krovetz, Rogaway: "UMAC", 1999) with words of 64 bits. The
         * products do not wait for each other.
         */
        void mix(long word, long otherWord) {
            long left = word + KEYS[next++];
            long right = otherWord + KEYS[next++];
            long product = left * right;
            low += product;
            high += Math.multiplyHigh(left, right) + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
        }

        boolean matches(StackRecord record) {
            return record.high == high && record.low == low;
        }
    }
}
