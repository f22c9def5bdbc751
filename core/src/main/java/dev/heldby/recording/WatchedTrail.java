// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.lang.ref.WeakReference;

/**
 * A trail of which the last use is looked at, too, and the exception that left the methods which made its object. Apart, so that the many
 * others are no larger for it.
 */
final class WatchedTrail extends Trail {
    private final LastUse lastUse;
    private WeakReference<Throwable> thrown = new WeakReference<>(null);
    private String exception = "";
    private long leftAt;

    WatchedTrail() {
        this(new LastUse());
    }

    private WatchedTrail(LastUse lastUse) {
        this.lastUse = lastUse;
    }

    @Override
    LastUse lastUse() {
        return lastUse;
    }

    /** Whether that very exception is known; it may leave several methods, of which the first one tells. */
    boolean isLeftBy(Throwable exceptionInFlight) {
        return thrown.refersTo(exceptionInFlight);
    }

    void leftBy(Throwable exceptionInFlight, String words, long micros) {
        thrown = new WeakReference<>(exceptionInFlight);
        exception = words;
        leftAt = micros;
    }

    @Override
    String leftBy() {
        return leftAt >= lastTouched() ? exception : "";
    }

    @Override
    public Trail copy() {
        return copyTo(new WatchedTrail(lastUse.copy()));
    }
}
