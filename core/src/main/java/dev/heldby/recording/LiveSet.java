// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The lifecycles whose objects are not known to be gone: what keeps a lifecycle from being collected before its object.
 *
 * <p>Each thread adds to a {@link Ledger} of its own, so that neither adding nor removing takes a lock. A thread that has
 * died leaves its ledger, with what still lives, to the next new thread.
 */
final class LiveSet {
    private final List<Ledger> ledgers = new CopyOnWriteArrayList<>();

    /** The ledger for the calling thread. */
    synchronized Ledger ledger() {
        for (Ledger ledger : ledgers) {
            if (ledger.adopt()) {
                return ledger;
            }
        }
        Ledger ledger = new Ledger();
        ledgers.add(ledger);
        return ledger;
    }

    /** Visits each member; one that comes or goes meanwhile may be missed. */
    void forEach(Consumer<Lifecycle> visitor) {
        ledgers.forEach(ledger -> ledger.forEach(visitor));
    }

    /** How many lives have begun. Exact for threads that are not beginning one right now. */
    long begun() {
        return ledgers.stream().mapToLong(Ledger::begun).sum();
    }
}
