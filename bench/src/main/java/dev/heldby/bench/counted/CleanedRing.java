// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import java.lang.ref.Cleaner;

/** Its handles are closed by a cleaner, when a collector has found them. */
final class CleanedRing implements HandleRing {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Handle[] handles = new Handle[SIZE];
    private Ledger ledger;

    private static final class State implements Runnable {
        private final Ledger ledger;
        private volatile long unneededSince;

        State(Ledger ledger) {
            this.ledger = ledger;
            ledger.opened();
        }

        @Override
        public void run() {
            ledger.closed(unneededSince);
        }
    }

    private static final class Handle {
        private final State state;

        Handle(Ledger ledger) {
            state = new State(ledger);
            CLEANER.register(this, state);
        }
    }

    @Override
    public void tell(Ledger to) {
        ledger = to;
    }

    @Override
    public void replace(int place) {
        Handle next = new Handle(ledger);
        if (handles[place] != null) {
            handles[place].state.unneededSince = System.nanoTime();
        }
        handles[place] = next;
    }
}
