// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many references are out that have no tracker of their own. Safe for threads.
 *
 * <p>Once more was given back than was out, the balance is broken for good, since from then on no number is right.
 */
final class Balance {
    private static final int BROKEN = Integer.MIN_VALUE / 2;

    private final AtomicInteger out = new AtomicInteger();

    void take() {
        out.incrementAndGet();
    }

    /** Takes one back; false if none was out. */
    boolean giveBack() {
        int before = out.getAndUpdate(now -> now == 0 || now < 0 ? BROKEN : now - 1);
        return before != 0;
    }

    boolean isEven() {
        return out.get() == 0;
    }

    boolean isBroken() {
        return out.get() < 0;
    }

    /** How many are out, 0 if that is not known any more. */
    int out() {
        return Math.max(0, out.get());
    }
}
