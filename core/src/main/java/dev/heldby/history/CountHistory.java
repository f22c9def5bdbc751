// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import dev.heldby.recording.LibraryLevel;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The count of one object's references, with all that happened to it: each get and put with its stack, thread and
 * time. It lasts until {@link #exit} says that the object is reclaimed in good order; what has not exited is listed by
 * {@link Histories#report}. The kernel's counterpart is the reference-count sanitizer that Masami Hiramatsu wrote for
 * perf, {@code refcnt.h}.
 *
 * <p>The object keeps its history, usually in a field; the history does not keep the object. Any thread may call.
 *
 * <p>The count is that of a plain atomic integer, whether it is recorded or not: nothing is refused and nothing
 * thrown. A put below zero and anything after the exit are complained of and observed.
 *
 * <p>Cost: while a history is recorded, an event takes its monitor and, as far as the level and the budget go, a
 * stack; the first and last two dozen events are kept. Where the library is off, or its level is, or the filter
 * excludes the name as the history begins, it is an atomic integer and nothing more. If the level is switched off
 * later, it goes on without stacks, since a history with a gap would be false.
 */
public final class CountHistory {
    private final AtomicInteger count;
    /** Null if only counted. */
    private final FollowedHistory followed;

    /** @param histories null for nothing but the count */
    CountHistory(Object object, String name, int initial, Histories histories) {
        if (initial < 0) {
            throw new IllegalArgumentException(
                    "The count of \"" + name + "\" begins with " + initial + ", but it must not be negative.");
        }
        count = new AtomicInteger(initial);
        followed = histories == null ? null : histories.follow(object, this, name, count);
    }

    /** The history of an object whose maker holds one reference. */
    public static CountHistory of(Object object, String name) {
        return of(object, name, 1);
    }

    /**
     * The history of an object that begins with so many references.
     *
     * @param name what to list and report it under; may be excluded by the property {@code heldby.history.filter}
     * @param initial zero for an object whose maker holds it without a reference
     */
    public static CountHistory of(Object object, String name, int initial) {
        return LibraryLevel.OFF
                ? new CountHistory(object, name, initial, null)
                : Histories.ofProcess().begin(object, name, initial);
    }

    /** A reference is taken. */
    public void get() {
        try {
            if (followed == null) {
                count.incrementAndGet();
            } else {
                followed.get();
            }
        } finally {
            // Or the collector could take it meanwhile, and the references would be called unreachable.
            Reference.reachabilityFence(this);
        }
    }

    /**
     * A reference is given back.
     *
     * @return whether none is left now
     */
    public boolean put() {
        try {
            return (followed == null ? count.decrementAndGet() : followed.put()) == 0;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** The object is reclaimed in good order, whatever its count is: its history is listed no more. */
    public void exit() {
        try {
            if (followed != null) {
                followed.exit();
            }
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** How many references there are. */
    public int count() {
        return count.get();
    }
}
