// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import dev.heldby.counted.Counted;

/** Its handles are closed by the weaver's count. */
final class CountedRing implements HandleRing {
    private final Handle[] handles = new Handle[SIZE];
    private Ledger ledger;

    @Counted
    static final class Handle {
        private final Ledger ledger;
        private long unneededSince;

        Handle(Ledger ledger) {
            this.ledger = ledger;
            ledger.opened();
        }

        void close() {
            ledger.closed(unneededSince);
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
            handles[place].unneededSince = System.nanoTime();
        }
        handles[place] = next;
    }
}
