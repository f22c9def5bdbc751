// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.List;

/** One distinct stack. Immutable but for the slot that its user may hang something on. */
public final class StackRecord {
    final long high;
    final long low;
    final int handle;
    final StackRecord next;
    private final List<StackTraceElement> frames;
    private volatile Object attachment;

    StackRecord(Fingerprinter.Fingerprint fingerprint, int handle, List<StackTraceElement> frames, StackRecord next) {
        this.high = fingerprint.high;
        this.low = fingerprint.low;
        this.handle = handle;
        this.frames = frames;
        this.next = next;
    }

    /** Innermost first, without our own frames. */
    public List<StackTraceElement> frames() {
        return frames;
    }

    /** What was attached, or null. */
    public Object attachment() {
        return attachment;
    }

    /** Hangs the depot's user's own record on this stack, so that it needs no second look-up; the first one stays. */
    public synchronized Object attachIfAbsent(Object value) {
        if (attachment == null) {
            attachment = value;
        }
        return attachment;
    }
}
