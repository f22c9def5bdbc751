// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/** A trail of which the last use is looked at, too. Apart, so that the many others are no larger for it. */
final class WatchedTrail extends Trail {
    private final LastUse lastUse;

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

    @Override
    public Trail copy() {
        return copyTo(new WatchedTrail(lastUse.copy()));
    }
}
