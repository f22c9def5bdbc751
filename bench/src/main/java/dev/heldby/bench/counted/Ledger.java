// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** When handles were closed that were no longer needed. Any thread may tell. */
public final class Ledger {
    private final long[] delays;
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicLong open = new AtomicLong();
    private long mostOpen;

    /** @param handles how many there will be at most */
    Ledger(int handles) {
        delays = new long[handles];
    }

    /** One more was opened, by the one thread that opens. */
    public void opened() {
        mostOpen = Math.max(mostOpen, open.incrementAndGet());
    }

    /** One was closed that has not been needed since that {@link System#nanoTime}. */
    public void closed(long unneededSince) {
        open.decrementAndGet();
        delays[closed.getAndIncrement()] = System.nanoTime() - unneededSince;
    }

    int closedCount() {
        return closed.get();
    }

    long mostOpen() {
        return mostOpen;
    }

    /** The delay in nanoseconds that so many of a hundred stay within. */
    long percentile(double percent) {
        long[] sorted = Arrays.copyOf(delays, closed.get());
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
