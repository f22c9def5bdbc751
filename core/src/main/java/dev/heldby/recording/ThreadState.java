// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

/** What the recorder keeps for each thread. Only its own thread touches it. */
final class ThreadState {
    final int name;
    /** Made at the thread's first birth, since most threads have none. */
    Ledger ledger;
    /** Whether the thread is inside the recorder: what its own work does to counted objects is not recorded. */
    boolean inside;
    /** The call site that the thread is about to get or put from, or 0. */
    int site;
    /** The lifecycle that began last on this thread. */
    Lifecycle lastBorn;
    /** The lifecycle that this thread last tried to give back more references to than it had, how many, and where. */
    Lifecycle overdrawn;

    int overdraft;
    int overdrawnStack;

    ThreadState(int name) {
        this.name = name;
    }
}
