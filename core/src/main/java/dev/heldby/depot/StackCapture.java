// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.Arrays;
import java.util.List;

/** A throwable that exists only for the stack it was made on. */
final class StackCapture extends Throwable {
    private static final long serialVersionUID = 1;

    StackCapture() {
        super(null, null, false, true);
    }

    /** The stack without our own frames at its inner end, cut to the longest that the depot keeps. */
    List<StackTraceElement> programFrames() {
        StackTraceElement[] all = getStackTrace();
        int end = Math.min(all.length, StackDepot.MAX_FRAMES);
        int first = 0;
        while (first < end && OwnFrames.include(all[first].getClassName())) {
            first++;
        }
        return List.of(Arrays.copyOfRange(all, first, end));
    }
}
