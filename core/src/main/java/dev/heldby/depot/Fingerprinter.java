// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

/**
 * Tells stacks apart by 128 bits.
 *
 * <p>Two stacks with equal fingerprints are taken to be one; with a good mixing function that is wrong once in some
 * 2^64 distinct stacks.
 */
interface Fingerprinter {

    /**
     * Computes the fingerprint of the capture's innermost frames, at most {@link StackDepot#MAX_FRAMES} of them, without
     * the very first: that is the depot's, and only tells in which way the stack is saved.
     */
    void fingerprint(StackCapture capture, Fingerprint out);

    /** The fingerprint last computed; a caller's own, so that nothing is allocated. */
    final class Fingerprint {
        long high;
        long low;

        void start() {
            high = 0x9e3779b97f4a7c15L;
            low = 0xc2b2ae3d27d4eb4fL;
        }

        /* Multiply and rotate, as in the public-domain xxHash and SplitMix64; two lanes with different constants. */
        void mix(long word) {
            high = Long.rotateLeft(high ^ word * 0xbf58476d1ce4e5b9L, 29) * 0x94d049bb133111ebL;
            low = Long.rotateLeft(low + word * 0x9fb21c651e98df25L, 31) * 0xd6e8feb86659fd93L;
        }

        boolean matches(StackRecord record) {
            return record.high == high && record.low == low;
        }
    }
}
