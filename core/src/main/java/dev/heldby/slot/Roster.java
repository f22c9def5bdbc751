// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import dev.heldby.recording.Scope;
import dev.heldby.recording.Subject;
import dev.heldby.recording.Witness;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A count, and the references that it counts. Knows its counter's name, but not its counter, so that this can be collected.
 *
 * <p>The monitor guards all but what is final, and the marks of the slots that hold a reference listed here. A slot that
 * holds nothing is claimed under it as well, by compare-and-set; thus no operation needs a second lock, and none can find
 * slots, list and count at odds. The count is atomic only for when the library is off, and nothing else is in use.
 */
final class Roster {
    final AtomicInteger count = new AtomicInteger();
    final Witness witness;
    final String name;
    /** The name with the number that no other counter of this process has. */
    final String label;

    private final Set<HeldReference> held = new LinkedHashSet<>();
    /** How many references were taken while the level was off, so that no slot knows of them. */
    private int untracked;

    private boolean closed;

    Roster(Witness witness, String name, long id) {
        this.witness = witness;
        this.name = name;
        this.label = name + '@' + id;
    }

    /** Counts one more in that slot. */
    synchronized Outcome take(HeldReference reference, Slot slot, boolean unlessZero) {
        if (slot == null) {
            return Outcome.UNKNOWN_SLOT;
        }
        if (unlessZero && count.get() == 0) {
            return Outcome.ZERO;
        }
        if (closed) {
            return new Outcome(Outcome.Kind.CLOSED, slot, slot.mark());
        }
        count.incrementAndGet();
        Mark before = slot.claim(new Mark(Mark.Event.TAKEN, reference.taken, reference));
        if (before != null) {
            count.decrementAndGet();
            return new Outcome(Outcome.Kind.OCCUPIED, slot, before);
        }
        list(reference, slot);
        return Outcome.DONE;
    }

    /** Counts one more, and leaves the slot alone. */
    synchronized Outcome takeUntracked(boolean unlessZero) {
        if (unlessZero && count.get() == 0) {
            return Outcome.ZERO;
        }
        count.incrementAndGet();
        untracked++;
        return Outcome.DONE;
    }

    /**
     * Counts one less.
     *
     * @param unchecked whether the level is off, so that a slot may hold whatever it likes
     */
    synchronized Outcome put(Slot slot, Moment now, boolean unchecked) {
        Outcome wrong = whyNotHeldHere(slot);
        if (wrong != null) {
            return unchecked || isUntracked(wrong) ? putUntracked() : wrong;
        }
        Mark before = slot.mark();
        unlist(before.reference());
        slot.vacate(new Mark(Mark.Event.DROPPED, now, before.reference()));
        return new Outcome(countDown(), slot, before);
    }

    private Outcome putUntracked() {
        if (untracked > 0) {
            untracked--;
        }
        return new Outcome(countDown(), null, null);
    }

    private Outcome.Kind countDown() {
        return count.decrementAndGet() == 0 ? Outcome.Kind.LAST : Outcome.Kind.DONE;
    }

    /** Leaves the count alone. */
    synchronized Outcome move(Slot from, Slot to, Moment now, boolean unchecked) {
        Outcome wrong = to == null ? Outcome.UNKNOWN_SLOT : whyNotHeldHere(from);
        if (wrong != null) {
            return unchecked || isUntracked(wrong) ? Outcome.DONE : wrong;
        }
        HeldReference reference = from.mark().reference();
        Mark before = to.claim(new Mark(Mark.Event.MOVED_HERE, now, reference));
        if (before != null) {
            return new Outcome(Outcome.Kind.OCCUPIED, to, before);
        }
        from.vacate(new Mark(Mark.Event.MOVED_AWAY, now, reference));
        unlist(reference);
        list(reference, to);
        return Outcome.DONE;
    }

    /** Null if that slot holds a reference that is listed here. */
    private Outcome whyNotHeldHere(Slot slot) {
        if (slot == null) {
            return Outcome.UNKNOWN_SLOT;
        }
        Mark mark = slot.mark();
        if (!mark.isHeld()) {
            return new Outcome(Outcome.Kind.NOTHING_HELD, slot, mark);
        }
        return mark.reference().roster == this ? null : new Outcome(Outcome.Kind.WRONG_COUNTER, slot, mark);
    }

    /** Whether that slot may have been given a reference while the level was off. No one is blamed on a guess. */
    private boolean isUntracked(Outcome wrong) {
        return untracked > 0 && wrong.kind() == Outcome.Kind.NOTHING_HELD;
    }

    private void list(HeldReference reference, Slot slot) {
        held.add(reference);
        reference.slot = slot;
    }

    private void unlist(HeldReference reference) {
        held.remove(reference);
        reference.slot = null;
    }

    synchronized int value() {
        return count.get();
    }

    synchronized List<HeldReference> references() {
        return List.copyOf(held);
    }

    synchronized List<Slot> slots() {
        return held.stream().map(reference -> reference.slot).toList();
    }

    /** See {@link SlotCounter#dump()}. */
    synchronized String dump() {
        StringBuilder text = new StringBuilder();
        text.append(name).append(" = ").append(count.get()).append('\n');
        text.append(name).append(held.isEmpty() && untracked == 0 ? " list: no refs\n" : " list:\n");
        for (HeldReference reference : held) {
            Slot slot = reference.slot;
            text.append(" - ").append(slot).append(" held, ").append(slot.mark().told(witness));
        }
        if (untracked > 0) {
            text.append(" - and taken while the level was off: ")
                    .append(untracked)
                    .append('\n');
        }
        return text.toString();
    }

    /** From now on nothing can be taken; false if that was so already. */
    synchronized boolean close() {
        boolean wasOpen = !closed;
        closed = true;
        return wasOpen;
    }

    Subject subject(Mark mark, Scope scope) {
        return witness.subject(name, scope, mark.trail(), "");
    }
}
