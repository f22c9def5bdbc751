// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/**
 * Where an object was used last, looked at for some objects of a birth that leaks. The path that a lost object took shows in
 * what was done with it, not in what was not.
 *
 * <p>The first {@value #LOOKED_AT} uses are looked at, each for the price of a stack; then one in {@value #APART_MICROS}
 * microseconds at most, so that a buffer that is read byte by byte costs no more than a hundredth. Guarded by its lifecycle.
 */
final class LastUse {
    static final int LOOKED_AT = 64;
    static final int APART_MICROS = 100;

    int stack;
    int thread;
    long micros;
    /** How many events there were before it, dropped ones included. */
    int position;

    private int looks;

    /** Whether a use at that time is to be looked at. Without the lock: a race looks once too often. */
    boolean isDue(long now) {
        return looks < LOOKED_AT || now - micros >= APART_MICROS;
    }

    void at(int newStack, int byThread, long now, int afterEvents) {
        looks++;
        stack = newStack;
        thread = byThread;
        micros = now;
        position = afterEvents;
    }

    LastUse copy() {
        LastUse copy = new LastUse();
        copy.at(stack, thread, micros, position);
        return copy;
    }
}
