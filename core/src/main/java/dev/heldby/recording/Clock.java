// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/** Times since the recorder began, in microseconds. Safe for threads. */
final class Clock {
    private final long originNanos = System.nanoTime();
    private final long originMillis = System.currentTimeMillis();
    private volatile long coarse;

    long micros(long nanoTime) {
        return (nanoTime - originNanos) / 1000;
    }

    /** The time of the last {@link #tick}: for what needs no better one and happens often. */
    long coarseMicros() {
        return coarse;
    }

    void tick() {
        coarse = micros(System.nanoTime());
    }

    /** Milliseconds of the wall clock at that time of ours. */
    long wallMillis(long micros) {
        return originMillis + micros / 1000;
    }
}
