// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import dev.heldby.Level;
import dev.heldby.recording.LibraryLevel;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Op;
import java.lang.ref.Reference;
import java.util.List;

/**
 * A count of references each of which is in a named {@link Slot}: it always knows who holds them, and refuses a reference to
 * be given back by anyone else. The kernel's counterpart are {@code mm_users} and {@code mm_count} with the operations of
 * Vegard Nossum's {@code mm_ref}.
 *
 * <p>An object has a counter for each kind of reference to it, as a field. Whatever acquires a reference, or releases one
 * that was passed in, is passed the slot as well:
 *
 * <pre>
 * Slot slot = new Slot("bprm.mm");
 * mm.users.get(slot);
 * mm.users.move(slot, task.mmSlot);
 * ...
 * if (mm.users.put(task.mmSlot)) { mm.free(); }
 * </pre>
 *
 * <p>Wrong use changes nothing. It is complained of (see {@link dev.heldby.complaint.Complaints}), becomes a finding, and
 * throws a {@link SlotException} unless {@code -Dheldby.slot.errors=log}. A counter that is dropped while slots still hold its
 * references is a finding as well.
 *
 * <p>Threads: any thread may call anything at any time; of several that use one slot at once, one wins. Cost: a short lock, and
 * a stack if the level says so, captured before the lock is taken. With the level <em>off</em> it only counts, and slots stay
 * as they are; with {@code -Dheldby.level=off} that is one atomic instruction. A reference that was taken while the level was
 * off is in no slot: as long as there are such, a slot that holds nothing may be put.
 */
public final class SlotCounter implements AutoCloseable {
    private final SlotCounters registry;
    private final Roster roster;

    /**
     * A counter at 0.
     *
     * @param name what it counts, such as {@code users}; reports know it by that
     */
    public SlotCounter(String name) {
        this(SlotCounters.ofProcess(), name);
    }

    /**
     * A counter at 1.
     *
     * @param creator the slot that holds the first reference
     */
    public SlotCounter(String name, Slot creator) {
        this(SlotCounters.ofProcess(), name, creator);
    }

    SlotCounter(SlotCounters registry, String name) {
        this.registry = registry;
        this.roster = registry.roster(name);
        if (!LibraryLevel.OFF) {
            registry.add(this, roster);
        }
    }

    SlotCounter(SlotCounters registry, String name, Slot creator) {
        this(registry, name);
        get(creator);
    }

    /**
     * Takes a reference, which that slot holds from now on. For a caller who knows that one is held.
     *
     * @return false if that was refused and errors are only logged
     */
    public boolean get(Slot slot) {
        if (LibraryLevel.OFF) {
            roster.count.incrementAndGet();
            return true;
        }
        return settle(take(slot, false), Op.GET).isDone();
    }

    /**
     * Takes a reference unless none is held any more.
     *
     * @return false if none was; then the slot is as it was. Also if it was refused and errors are only logged
     */
    public boolean getUnlessZero(Slot slot) {
        if (LibraryLevel.OFF) {
            return roster.count.getAndUpdate(count -> count == 0 ? 0 : count + 1) != 0;
        }
        return roster.value() != 0 && settle(take(slot, true), Op.GET).isDone();
    }

    private Outcome take(Slot slot, boolean unlessZero) {
        Witness witness = roster.witness;
        Level level = witness.level();
        if (level == Level.OFF) {
            return roster.takeUntracked(unlessZero);
        }
        Moment now = Moment.now(witness, level);
        HeldReference reference = new HeldReference(roster, witness.scope(), now);
        Outcome outcome = roster.take(reference, slot, unlessZero);
        if (outcome.isDone()) {
            registry.begins(now);
        }
        return outcome;
    }

    /**
     * Gives back the reference that the slot holds.
     *
     * @return whether it was the last. False if that was refused and errors are only logged
     */
    public boolean put(Slot slot) {
        if (LibraryLevel.OFF) {
            return roster.count.decrementAndGet() == 0;
        }
        Moment now = now(slot);
        Outcome outcome = putReachably(slot, now);
        if (outcome.isDone() && outcome.before() != null) {
            learn(outcome.before().reference().taken, now);
        }
        return settle(outcome, Op.PUT).kind() == Outcome.Kind.LAST;
    }

    /**
     * Hands the reference that the one slot holds over to the other. The count stays as it is.
     *
     * @return false if that was refused and errors are only logged
     */
    public boolean move(Slot from, Slot to) {
        if (LibraryLevel.OFF) {
            return true;
        }
        return settle(moveReachably(from, to), Op.MOVE).isDone();
    }

    private boolean isUnchecked() {
        return roster.witness.level() == Level.OFF;
    }

    /** With a stack if the slot's last event has one. */
    private Moment now(Slot slot) {
        boolean isTraced = slot != null && slot.mark().moment().stack() != 0;
        return Moment.now(roster.witness, isTraced ? Level.FULL : Level.COUNT);
    }

    /** A counter that is collected while its last reference is being put would seem to have been dropped with it. */
    private Outcome putReachably(Slot slot, Moment now) {
        try {
            return roster.put(slot, now, isUnchecked());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** As {@link #putReachably}. */
    private Outcome moveReachably(Slot from, Slot to) {
        try {
            return roster.move(from, to, now(from), isUnchecked());
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void learn(Moment taken, Moment now) {
        if (taken.stack() != 0 && now.stack() != 0) {
            roster.witness.learn(taken.stack(), now.stack(), taken.thread(), taken.micros(), now.thread());
        }
    }

    private Outcome settle(Outcome outcome, Op op) {
        if (outcome.isError()) {
            registry.errors.tell(outcome, op, roster);
        }
        return outcome;
    }

    /** How many references are held. */
    public int value() {
        return LibraryLevel.OFF ? roster.count.get() : roster.value();
    }

    /** Those that hold a reference, in the order in which they got it. */
    public List<Slot> slots() {
        return roster.slots();
    }

    /**
     * The count, and who holds the references, in the order in which they got them:
     *
     * <pre>
     * users = 1
     * users list:
     *  - bprm.mm held, taken by thread "main" at:
     *      com.example.Exec.open(Exec.java:41)
     *      ...
     * </pre>
     *
     * Every slot that is listed is held; the kernel's could be caught in between and called bogus.
     */
    public String dump() {
        return LibraryLevel.OFF
                ? roster.name + " = " + value() + "\n" + roster.name + " list: not recorded, the level is off\n"
                : roster.dump();
    }

    /**
     * The object is freed: slots that still hold a reference to it are leaks, and are reported with the stacks that took
     * them. They can still be put; no more references can be taken. Closing it again does nothing.
     */
    @Override
    public void close() {
        if (!LibraryLevel.OFF && roster.close()) {
            registry.closed(roster);
        }
    }

    /** The name and a number that no other counter has, such as {@code users@3}. */
    @Override
    public String toString() {
        return roster.label;
    }
}
