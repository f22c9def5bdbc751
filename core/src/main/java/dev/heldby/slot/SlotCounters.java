// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import dev.heldby.Level;
import dev.heldby.recording.Holding;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The counters of a process, so that the recorder sees what their slots hold. Safe for threads.
 *
 * <p>A counter is not kept from being collected by being listed here. Once it is, no slot can give its reference back any
 * more: whatever was held is lost.
 */
final class SlotCounters implements Holding.Source {
    private static final SlotCounters OF_PROCESS = new SlotCounters(Witness.ofProcess("slot"), SlotErrors.ofProcess());

    final Witness witness;
    final SlotErrors errors;
    private final AtomicLong opened = new AtomicLong();
    private final LongAdder begun = new LongAdder();
    private final Set<Open> open = ConcurrentHashMap.newKeySet();

    SlotCounters(Witness witness, SlotErrors errors) {
        this.witness = witness;
        this.errors = errors;
        witness.watch(this);
    }

    static SlotCounters ofProcess() {
        return OF_PROCESS;
    }

    /** A counter, as long as it is reachable. What its slots hold outlives it here, until it was seen to. */
    private final class Open extends Witness.Watched {
        final Roster roster;

        Open(SlotCounter counter, Roster roster) {
            super(counter, witness);
            this.roster = roster;
        }

        @Override
        protected void collected() {
            observe(roster.references(), Observation.State.UNREACHABLE);
            // Last, so that whoever misses it among the open finds it observed.
            open.remove(this);
        }
    }

    Roster roster(String name) {
        return new Roster(witness, name, opened.incrementAndGet());
    }

    void add(SlotCounter counter, Roster roster) {
        open.add(new Open(counter, roster));
    }

    void begins(Moment taken) {
        begun.increment();
        witness.begun(taken.stack());
    }

    /** Whoever still holds a reference to what is freed is a leak. */
    void closed(Roster roster) {
        List<HeldReference> left = roster.references();
        if (roster.value() == 0 && left.isEmpty() || witness.level() == Level.OFF) {
            return;
        }
        String dump = roster.dump();
        observe(left, Observation.State.HELD_AT_CLOSE);
        witness.complain(
                "leak",
                roster.label,
                roster.label + ": closed with references left: " + roster.value() + ".\n" + dump,
                witness.stack());
    }

    private void observe(List<HeldReference> references, Observation.State state) {
        references.forEach(reference -> reference.surrender(subject -> witness.observe(state, subject, 1)));
    }

    @Override
    public void forEach(Consumer<? super Holding> visitor) {
        open.forEach(each -> each.roster.references().forEach(visitor));
    }

    @Override
    public long begun() {
        return begun.sum();
    }
}
