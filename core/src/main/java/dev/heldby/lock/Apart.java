// SPDX-License-Identifier: Apache-2.0
package dev.heldby.lock;

/**
 * Room that nobody uses, at the beginning of whatever extends it: fields of a superclass are laid out first, so that what two
 * threads write often does not share a cache line. Two lines of 64 bytes, since processors fetch them in pairs.
 */
@SuppressWarnings("unused")
abstract class Apart {
    private long a1, a2, a3, a4, a5, a6, a7, a8, b1, b2, b3, b4, b5, b6, b7, b8;
}
