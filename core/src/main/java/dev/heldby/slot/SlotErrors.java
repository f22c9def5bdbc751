// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import dev.heldby.Level;
import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;

/**
 * What is done about the wrong use of a slot: it is complained of and observed, and unless set to log only, it is an
 * exception. Safe for threads.
 *
 * <p>The text is the kernel's: what was tried, the event that it conflicts with, and the dump of the counter.
 */
final class SlotErrors {
    private static final String PROPERTY = "heldby.slot.errors";

    private final boolean fatal;

    SlotErrors(boolean fatal) {
        this.fatal = fatal;
    }

    /** As the system property says. */
    static SlotErrors ofProcess() {
        String value = System.getProperty(PROPERTY, "throw");
        boolean isKnown = value.equals("throw") || value.equals("log");
        if (!isKnown) {
            System.getLogger("dev.heldby")
                    .log(
                            System.Logger.Level.WARNING,
                            "The property " + PROPERTY + " is \"" + value + "\"; it can be throw or log. It is taken"
                                    + " for throw.");
        }
        return new SlotErrors(!value.equals("log"));
    }

    /**
     * @param op what was tried: {@link Op#GET}, {@link Op#PUT} or {@link Op#MOVE}
     * @throws SlotException unless set to log only
     */
    void tell(Outcome outcome, Op op, Roster roster) {
        Witness witness = roster.witness;
        if (witness.level() == Level.OFF) {
            return;
        }
        Moment now = Moment.ofError(witness);
        observe(outcome, op, roster, now);
        String text = text(outcome, op, roster, now);
        witness.complain(outcome.kind().complaint, roster.label, text, now.stack());
        if (fatal) {
            throw new SlotException(text);
        }
    }

    private static void observe(Outcome outcome, Op op, Roster roster, Moment now) {
        Mark before = outcome.before();
        boolean isSurplus = op == Op.PUT && before != null && before.state() == Slot.State.EMPTY;
        Trail known = before == null ? null : before.trail();
        Trail trail = known == null ? new Trail() : known;
        now.addTo(trail, op, isSurplus ? -1 : before != null && before.isHeld() ? 1 : 0);
        String note = isSurplus ? "" : attempt(outcome, op, owner(outcome, false));
        Witness witness = roster.witness;
        witness.observe(
                isSurplus ? Observation.State.SURPLUS_PUT : Observation.State.MISUSE,
                witness.subject(roster.name, witness.scope(), trail, note),
                1);
    }

    private static String text(Outcome outcome, Op op, Roster roster, Moment now) {
        Witness witness = roster.witness;
        return roster.label + ": " + attempt(outcome, op, owner(outcome, true)) + "\n"
                + earlier(outcome, witness)
                + "tried" + now.told(witness)
                + roster.dump();
    }

    private static String attempt(Outcome outcome, Op op, String owner) {
        Slot slot = outcome.slot();
        return "trying to "
                + switch (outcome.kind()) {
                    case OCCUPIED -> "overwrite held slot " + slot + " of " + owner;
                    case NOTHING_HELD -> verb(op) + slot + " which holds nothing";
                    case WRONG_COUNTER -> verb(op) + slot + " which holds a reference of " + owner;
                    case UNKNOWN_SLOT -> "use unknown slot null";
                    case CLOSED -> "take a reference into slot " + slot + " after the counter was closed";
                    case DONE, LAST, ZERO -> throw new AssertionError(outcome);
                };
    }

    private static String verb(Op op) {
        return op == Op.MOVE ? "move slot " : "put slot ";
    }

    /** Whose reference the slot holds, as one counter or as all of that name; null for none. */
    private static String owner(Outcome outcome, boolean asOne) {
        Mark before = outcome.before();
        if (before == null || before.reference() == null) {
            return null;
        }
        Roster owner = before.reference().roster;
        return asOne ? owner.label : owner.name;
    }

    private static String earlier(Outcome outcome, Witness witness) {
        Mark before = outcome.before();
        if (before == null) {
            return "";
        }
        String told = before.told(witness);
        return switch (outcome.kind()) {
            case WRONG_COUNTER -> "that reference " + told;
            case OCCUPIED -> "previous reference " + told;
            default -> before.reference() == null ? told : "previous reference " + told;
        };
    }
}
