// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import dev.heldby.Level;
import dev.heldby.depot.StackCapture;
import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;

/** How a reference is given back. */
final class Releasing {
    private Releasing() {}

    /** @param capture where, or null if that is not recorded of this tracker */
    static Release release(Tracker tracker, StackCapture capture) {
        Account account = tracker.stripe.account;
        return tracker == account.untracked ? withoutTracker(account) : tracked(tracker, account, capture);
    }

    private static Release tracked(Tracker tracker, Account account, StackCapture capture) {
        Witness witness = account.witness;
        int stack = capture == null ? 0 : stack(witness, capture);
        int thread = capture == null ? 0 : witness.thread();
        long micros = witness.micros(capture == null ? Level.COUNT : Level.FULL);
        Tracker.State before = tracker.stripe.release(tracker, stack, thread, micros);
        if (before == Tracker.State.RELEASED) {
            again(tracker, account, stack != 0 ? stack : witness.stack());
            return Release.ALREADY_RELEASED;
        }
        released(tracker, account, before);
        return Release.RELEASED;
    }

    private static int stack(Witness witness, StackCapture capture) {
        try {
            return witness.laterStack(capture);
        } catch (OutOfMemoryError e) {
            return 0;
        }
    }

    private static void released(Tracker tracker, Account account, Tracker.State before) {
        account.leave();
        if (before == Tracker.State.ADOPTED) {
            account.witness.endedMapped(tracker);
        } else if (tracker.stripe.isClosed()) {
            late(tracker, account);
            return;
        }
        account.quarantine.add(tracker);
        if (tracker.takenStack() != 0 && tracker.releasedStack() != 0) {
            account.witness.learn(
                    tracker.takenStack(),
                    tracker.releasedStack(),
                    tracker.takenBy(),
                    tracker.takenMicros(),
                    tracker.releasedBy());
        }
    }

    private static void again(Tracker tracker, Account account, int stack) {
        Witness witness = account.witness;
        Trail known = tracker.stripe.locked(tracker::trail);
        Trail trail = known == null ? new Trail() : known;
        trail.add(Op.PUT, -1, stack, false, witness.thread(), witness.micros());
        account.wrong(
                "double-release",
                account.label() + ": reference already released.\n" + tracker.story(witness) + "released again at\n"
                        + witness.lines(stack),
                Observation.State.SURPLUS_PUT,
                trail,
                "",
                stack,
                tracker.scope);
    }

    private static void late(Tracker tracker, Account account) {
        int stack = account.witness.stack();
        account.witness.complain(
                "released-after-close",
                account.label(),
                account.label() + ": reference released after the directory was closed.\n"
                        + tracker.story(account.witness),
                stack);
    }

    private static Release withoutTracker(Account account) {
        if (!account.withoutTracker.giveBack()) {
            nothingToRelease(account, "release of a reference that was not taken, or released before");
        }
        return Release.UNTRACKED;
    }

    static Release nothing(Account account) {
        nothingToRelease(account, "release of a reference that was never taken");
        return Release.NEVER_TAKEN;
    }

    static Release anonymous(Account account) {
        if (account.anonymous.giveBack()) {
            return Release.RELEASED;
        }
        nothingToRelease(account, "release of an anonymous reference while none is out");
        return Release.NEVER_TAKEN;
    }

    private static void nothingToRelease(Account account, String what) {
        Witness witness = account.witness;
        int stack = witness.stack();
        account.wrong(
                "surplus-release",
                account.label() + ": " + what + ", at\n" + witness.lines(stack),
                Observation.State.SURPLUS_PUT,
                one(Op.PUT, -1, stack, witness),
                "",
                stack);
    }

    /** The tracker stays where it belongs, since only its own directory can know what a release of it means. */
    static Release toWrongDirectory(Tracker tracker, Account account) {
        Witness witness = account.witness;
        int stack = witness.stack();
        String other = tracker.stripe.account.label();
        account.wrong(
                "wrong-directory",
                account.label() + ": a reference to " + other + " is released here; it is still held there.\n"
                        + tracker.story(witness)
                        + "released to the wrong directory at\n" + witness.lines(stack),
                Observation.State.MISUSE,
                one(Op.PUT, 0, stack, witness),
                "a reference to another resource, " + other + ", is released to it",
                stack,
                tracker.scope);
        return Release.WRONG_DIRECTORY;
    }

    static Trail one(Op op, int count, int stack, Witness witness) {
        Trail trail = new Trail();
        trail.add(op, count, stack, false, witness.thread(), witness.micros());
        return trail;
    }
}
