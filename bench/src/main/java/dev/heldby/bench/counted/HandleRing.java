// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

/** A ring of handles: a new one takes the place of an old one, which is then no longer needed. */
public interface HandleRing {
    int SIZE = 64;

    /** Says where openings and closings are told. */
    void tell(Ledger ledger);

    /** Replaces the handle at that place. */
    void replace(int place);
}
