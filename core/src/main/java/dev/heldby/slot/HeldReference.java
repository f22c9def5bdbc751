// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import dev.heldby.recording.Holding;
import dev.heldby.recording.Scope;
import dev.heldby.recording.Subject;
import java.util.function.Consumer;

/** One reference, from the taking on, through whatever slots it is moved. Guarded by its roster's monitor, but for what is final. */
final class HeldReference implements Holding {
    final Roster roster;
    final Moment taken;
    private final Scope scope;
    /** The one that holds it; null before and after. */
    Slot slot;

    private boolean told;

    HeldReference(Roster roster, Scope scope, Moment taken) {
        this.roster = roster;
        this.scope = scope;
        this.taken = taken;
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public long bornMicros() {
        return taken.micros();
    }

    @Override
    public boolean isHeld() {
        synchronized (roster) {
            return slot != null && !told;
        }
    }

    @Override
    public void surrender(Consumer<Subject> to) {
        Subject subject;
        synchronized (roster) {
            if (!isHeld()) {
                return;
            }
            told = true;
            subject = roster.subject(slot.mark(), scope);
        }
        to.accept(subject);
    }
}
