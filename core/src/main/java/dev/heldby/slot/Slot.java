// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import dev.heldby.recording.LibraryLevel;
import dev.heldby.recording.Witness;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A named place that holds at most one reference. The kernel's counterpart is Vegard Nossum's {@code struct mm_ref}.
 *
 * <p>It belongs to whatever keeps the reference: a field beside the pointer, or a local variable for one that is temporary.
 * Whoever gives the reference back or hands it over names the slot, so that a reference that is given back by someone else is
 * noticed at once. A slot can be used again once it is empty, also for another counter.
 *
 * <p>A slot remembers its last event with thread, stack and time. Any thread may use it: of several that do so at once, one
 * succeeds and the others are told of it, as if they had come later.
 */
public final class Slot {

    /** What a slot holds. */
    public enum State {
        /** Nothing, and it never did. */
        UNUSED,
        /** One reference. */
        HELD,
        /** Nothing since its reference was given back or moved away. */
        EMPTY
    }

    private static final Mark UNTRACKED = new Mark(Mark.Event.INITIALIZED, Moment.UNKNOWN, null);

    private final String name;
    /*
     * Any thread reads it. While the slot is held, it is written under the monitor of its reference's roster alone. A slot
     * that is not held belongs to no roster, and several may want it: it is claimed by compare-and-set.
     */
    private final AtomicReference<Mark> mark;

    /** @param name the field or variable that it is, such as {@code bprm.mm} */
    public Slot(String name) {
        this(SlotCounters.ofProcess(), name);
    }

    Slot(SlotCounters registry, String name) {
        this.name = name;
        Witness witness = registry.witness;
        mark = new AtomicReference<>(
                LibraryLevel.OFF
                        ? UNTRACKED
                        : new Mark(Mark.Event.INITIALIZED, Moment.now(witness, witness.level()), null));
    }

    public String name() {
        return name;
    }

    /** As it was a moment ago, if other threads use it. With the library off always {@link State#UNUSED}. */
    public State state() {
        return mark.get().state();
    }

    Mark mark() {
        return mark.get();
    }

    /**
     * Holds that from now on if it held nothing.
     *
     * @return null if so, else what it holds
     */
    Mark claim(Mark held) {
        while (true) {
            Mark before = mark.get();
            if (before.isHeld()) {
                return before;
            }
            if (mark.compareAndSet(before, held)) {
                return null;
            }
        }
    }

    /** For the roster whose reference it holds. */
    void vacate(Mark empty) {
        mark.set(empty);
    }

    @Override
    public String toString() {
        return name;
    }
}
