// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many stacks may be recorded at level <em>trace</em>: a bucket of tokens, one for a stack, that fills with time.
 *
 * <p>Any thread may call. A lifecycle is admitted at its birth and then recorded whole, so the bucket may go into debt,
 * which later births wait for. Kinds that leaked a while ago are admitted up to a deeper debt.
 */
final class TraceBudget {
    /* Reckoned, not measured: 2 % of one core if a stack takes 1.5 microseconds. */
    static final long STACKS_A_SECOND = 13_000;

    private static final long FULL = STACKS_A_SECOND;
    private static final long ESCALATED_DEBT = 4 * STACKS_A_SECOND;
    private static final long NANOS_A_STACK = 1_000_000_000L / STACKS_A_SECOND;

    private final AtomicLong tokens = new AtomicLong(FULL);
    private final AtomicLong filledAt;

    TraceBudget(long nanoTime) {
        filledAt = new AtomicLong(nanoTime);
    }

    boolean admits(boolean escalated, long nanoTime) {
        fill(nanoTime);
        return tokens.get() > (escalated ? -ESCALATED_DEBT : 0);
    }

    /** Pays for a stack, if stacks cost anything at that level. */
    void spend(Level level) {
        if (level == Level.TRACE) {
            spend();
        }
    }

    void spend() {
        tokens.decrementAndGet();
    }

    private void fill(long nanoTime) {
        long last = filledAt.get();
        long earned = (nanoTime - last) / NANOS_A_STACK;
        if (earned > 0 && filledAt.compareAndSet(last, last + earned * NANOS_A_STACK)) {
            tokens.accumulateAndGet(earned, (now, more) -> Math.min(FULL, now + more));
        }
    }
}
