// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/**
 * Which lives' uses are looked at: when an object was lost, the next {@value #LIVES} born as it was, as long as that
 * are no more than {@value #MOST} in all. Nothing is looked at before anything was lost. Any thread may call.
 */
final class UseWatch {
    static final int LIVES = 4096;
    static final int MOST = 1 << 16;

    /** Whether any life is looked at. Plain, so that the JIT may keep it in a register: who sees it late misses a use. */
    boolean on;

    void lost(BirthPlace place) {
        place.livesToWatch.set(Math.min(LIVES, MOST - place.livesWatched.get()));
        on = true;
    }

    boolean admits(BirthPlace place) {
        boolean admitted = place != null && place.livesToWatch.get() > 0 && place.livesToWatch.getAndDecrement() > 0;
        if (admitted) {
            place.livesWatched.incrementAndGet();
        }
        return admitted;
    }
}
