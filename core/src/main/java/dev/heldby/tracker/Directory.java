// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import dev.heldby.Level;
import dev.heldby.depot.StackCapture;
import dev.heldby.recording.LibraryLevel;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;

/**
 * The live references to one resource, each with the stack that took it, so that at the end those who never gave theirs back
 * can be named. The kernel's {@code struct ref_tracker_dir}.
 *
 * <p>It runs beside the resource's own count and does not replace it. A resource has one directory, as a field; take a
 * tracker after the count was raised, release it before the count is lowered, and close the directory when the resource is
 * torn down:
 *
 * <pre>
 * Tracker tracker = device.directory.take();
 * ...
 * tracker.release();
 * </pre>
 *
 * <p>A directory that is dropped without being closed is judged as well: each of its references that is then dropped too is a
 * leak.
 *
 * <p>Threads: any thread may call anything at any time. A stack is captured before a lock is taken, and threads that take and
 * release at the same time seldom share one. Cost: at level <em>count</em> an object of 64 bytes and two short locks for a
 * reference; at the higher levels a stack for each end. With {@code -Dheldby.level=off} nothing, not even memory.
 *
 * <p>What is wrong is complained of (see {@link dev.heldby.complaint.Complaints}) and becomes a finding; nothing here throws.
 */
public final class Directory implements AutoCloseable {
    /** How many distinct stacks a report shows unless told otherwise. */
    public static final int REPORTED_STACKS = 16;

    static final Directory OFF = new Directory(null, null);

    private final Account account;
    private final Stripes stripes;
    private final Directories registry;

    Directory(Account account, Directories registry) {
        this.account = account;
        this.stripes = new Stripes(account);
        this.registry = registry;
    }

    /** A directory for a resource of that kind, such as {@code netdev}. */
    public static Directory named(String name) {
        return builder(name).open();
    }

    /** One with a quarantine or a bound. */
    public static Builder builder(String name) {
        return new Builder(Directories.ofProcess(), name);
    }

    /** What a directory is made of. Not safe for threads. */
    public static final class Builder {
        private final Directories registry;
        private final String name;
        private int quarantine;
        private int capacity;

        Builder(Directories registry, String name) {
            this.registry = registry;
            this.name = name;
        }

        /** Keeps the last so many released trackers for its reports; none unless told. */
        public Builder quarantine(int trackers) {
            quarantine = atLeast(0, trackers, "quarantine");
            return this;
        }

        /** Has at most so many trackers at a time; references beyond are only counted. Without a bound unless told. */
        public Builder capacity(int trackers) {
            capacity = atLeast(1, trackers, "capacity");
            return this;
        }

        private static int atLeast(int least, int value, String what) {
            if (value < least) {
                throw new IllegalArgumentException(
                        "The " + what + " of a directory is " + value + "; it must be at least " + least + ".");
            }
            return value;
        }

        public Directory open() {
            return LibraryLevel.OFF ? OFF : registry.open(name, quarantine, capacity);
        }
    }

    /** Takes a reference. */
    public Tracker take() {
        return take(null);
    }

    /**
     * Takes a reference on behalf of a holder.
     *
     * @param holder shown in reports by its {@code toString()}; kept as long as the tracker
     * @return the caller's to release; never null. If there is no room for a tracker it is one that stands for all such
     *     references, and releasing it is right all the same
     */
    public Tracker take(Object holder) {
        if (LibraryLevel.OFF) {
            return Tracker.NONE;
        }
        Level level = account.witness.level();
        if (level == Level.OFF) {
            return Tracker.NONE;
        }
        if (!account.enter()) {
            return withoutTracker();
        }
        Tracker tracker;
        try {
            int stack = account.witness.admits(level) ? account.witness.stack(new StackCapture()) : 0;
            tracker = tracker(holder, level, stack);
        } catch (OutOfMemoryError e) {
            account.leave();
            return withoutTracker();
        }
        if (!tracker.stripe.add(tracker)) {
            takenTooLate();
        }
        return tracker;
    }

    private Tracker withoutTracker() {
        Tracker tracker = account.takeWithoutTracker();
        if (stripes.isClosed()) {
            takenTooLate();
        }
        return tracker;
    }

    private Tracker tracker(Object holder, Level level, int stack) {
        Witness witness = account.witness;
        Tracker tracker = new Tracker(stripes.ofThread(), holder);
        tracker.scope = witness.scope();
        witness.begun(stack);
        tracker.takenAt(stack, level == Level.COUNT ? 0 : witness.thread(), witness.micros(level));
        return tracker;
    }

    private void takenTooLate() {
        Witness witness = account.witness;
        int stack = witness.stack();
        account.wrong(
                "taken-after-close",
                account.label() + ": reference taken after the directory was closed, at\n" + witness.lines(stack),
                Observation.State.MISUSE,
                Releasing.one(Op.GET, 1, stack, witness),
                "a reference is taken after it was closed",
                stack);
    }

    /**
     * Gives a reference back, and makes sure that it is one of this directory's.
     *
     * @param tracker null for a reference that was never taken, which is complained of
     */
    public Release release(Tracker tracker) {
        if (LibraryLevel.OFF || tracker == Tracker.NONE) {
            return Release.RELEASED;
        }
        if (tracker == null) {
            return Releasing.nothing(account);
        }
        return tracker.stripe.account == account ? tracker.release() : Releasing.toWrongDirectory(tracker, account);
    }

    /** Takes a reference that is only counted: for sections that are short and obviously right. */
    public void takeAnonymous() {
        if (!LibraryLevel.OFF && account.witness.level() != Level.OFF) {
            account.anonymous.take();
            if (stripes.isClosed()) {
                takenTooLate();
            }
        }
    }

    /** Gives back a reference that is only counted; if none is out, that is complained of at once. */
    public Release releaseAnonymous() {
        return LibraryLevel.OFF || account.witness.level() == Level.OFF
                ? Release.RELEASED
                : Releasing.anonymous(account);
    }

    /** Turns an anonymous reference that the caller holds into a tracked one. */
    public Tracker upgrade() {
        releaseAnonymous();
        return take();
    }

    /** Gives back a reference to another resource and takes one to this: the tracker to keep instead. */
    public Tracker replace(Tracker other) {
        if (other != null) {
            other.release();
        }
        return take();
    }

    /** How many tracked references are held. */
    public int held() {
        return LibraryLevel.OFF ? 0 : stripes.held();
    }

    /** Gives it a friendly name besides its own, once; later ones are ignored. */
    public void alias(String name) {
        if (!LibraryLevel.OFF) {
            account.alias(name);
        }
    }

    /** Who holds it, by stack, newest first; empty if no one does. Changes nothing. */
    public String report() {
        return report(REPORTED_STACKS);
    }

    /** As {@link #report()}, with at most so many stacks; how many references have others is said. */
    public String report(int stacks) {
        return LibraryLevel.OFF ? "" : DirectoryReport.of(account, stripes.newestFirst(), stacks);
    }

    /** As {@link #report()}, cut to so many characters, the last of them dots if it is cut. */
    public String reportWithin(int characters) {
        return Cut.to(characters, report());
    }

    /** The references released last, newest first, with both stacks, as many as the quarantine keeps. */
    public String recentlyReleased() {
        StringBuilder text = new StringBuilder();
        if (!LibraryLevel.OFF) {
            account.quarantine
                    .newestFirst()
                    .forEach(tracker -> text.append(account.shown())
                            .append(": reference\n")
                            .append(tracker.story(account.witness))
                            .append('\n'));
        }
        return text.toString();
    }

    /**
     * Ends it: the references still held are leaks, and are reported with the stacks that took them. Taking or releasing
     * afterwards is complained of, but done. Closing it again does nothing.
     */
    @Override
    public void close() {
        if (!LibraryLevel.OFF) {
            stripes.close().ifPresent(held -> registry.closed(account, stripes, held));
        }
    }

    Account account() {
        return account;
    }

    Stripes stripes() {
        return stripes;
    }

    /** The kind of resource and a number that no other directory has, such as {@code netdev@3}. */
    @Override
    public String toString() {
        return account == null ? "off" : account.label();
    }
}
