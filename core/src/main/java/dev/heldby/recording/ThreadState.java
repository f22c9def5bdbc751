// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.function.Consumer;

/** What the recorder keeps for each thread. Only its own thread touches it. */
final class ThreadState {
    private static final int RECENT = 4;

    final int name;
    /** Made at the thread's first birth, since most threads have none. */
    Ledger ledger;
    /** Whether the thread is inside the recorder: what its own work does to counted objects is not recorded. */
    boolean inside;
    /** The call site that the thread is about to get or put from, or 0. */
    int site;
    /** The variable through which the thread is making a call, or null. See {@link Lapses}. */
    Variable through;
    /** The lifecycle that began last on this thread. */
    Lifecycle lastBorn;
    /** The last few: a pooled buffer is born before the chunk that it may need, and that before its memory. */
    private final Lifecycle[] recent = new Lifecycle[RECENT];

    /** How many births there were on this thread with each of them. */
    private final int[] bornAs = new int[RECENT];

    private int newest;
    /** How many births there were on this thread; wraps. */
    int births;
    /** The lifecycle that this thread last tried to give back more references to than it had, how many, and where. */
    Lifecycle overdrawn;

    int overdraft;
    int overdrawnStack;

    ThreadState(int name) {
        this.name = name;
    }

    void born(Lifecycle lifecycle) {
        births++;
        if (lastBorn != lifecycle) {
            lastBorn = lifecycle;
            newest = newest + 1 & RECENT - 1;
            recent[newest] = lifecycle;
        }
        bornAs[newest] = births;
    }

    /** Of the last few that began on this thread, those that did after so many births. */
    void forEachBornAfter(int earlier, Consumer<Lifecycle> visitor) {
        for (int i = 0; i < RECENT; i++) {
            if (recent[i] != null && bornAs[i] - earlier > 0) {
                visitor.accept(recent[i]);
            }
        }
    }

    /** The object's lifecycle if it is one of the last few that began on this thread, else null. */
    Lifecycle recent(Object object) {
        for (Lifecycle lifecycle : recent) {
            if (lifecycle != null && lifecycle.refersTo(object)) {
                return lifecycle;
            }
        }
        return null;
    }
}
