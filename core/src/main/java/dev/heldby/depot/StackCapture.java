// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.Arrays;
import java.util.List;

/**
 * A throwable that exists only for the stack it was made on.
 *
 * <p>Its cost is the frames. What is measured closely makes one itself, in the method that the program calls, for {@link
 * StackDepot#save(StackCapture)}; all else asks the depot for one.
 */
public final class StackCapture extends Throwable {
    private static final long serialVersionUID = 1;

    /** Captures the stack of the caller, which is a method of ours. */
    public StackCapture() {
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
