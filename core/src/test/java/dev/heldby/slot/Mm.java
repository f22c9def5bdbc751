// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

/**
 * A toy of the kernel's {@code mm_struct}, with two counters: the users, and the references to the structure itself, of
 * which all users together hold one, in a slot that is built in.
 */
final class Mm {
    final SlotCounter users;
    final SlotCounter count;
    private final Slot ofUsers;
    private boolean freed;

    Mm(SlotCounters registry, Slot creator) {
        ofUsers = new Slot(registry, "mm.users");
        count = new SlotCounter(registry, "count", ofUsers);
        users = new SlotCounter(registry, "users", creator);
    }

    void grab(Slot slot) {
        count.get(slot);
    }

    void drop(Slot slot) {
        if (count.put(slot)) {
            freed = true;
            users.close();
            count.close();
        }
    }

    void get(Slot slot) {
        users.get(slot);
    }

    boolean getUnlessZero(Slot slot) {
        return users.getUnlessZero(slot);
    }

    void put(Slot slot) {
        if (users.put(slot)) {
            drop(ofUsers);
        }
    }

    boolean isFreed() {
        return freed;
    }

    /** A task, which has an mm unless it is one of the kernel's own. */
    record Task(Mm mm) {

        /** The kernel's {@code get_task_mm}. */
        Mm getMm(Slot slot) {
            return mm != null && mm.getUnlessZero(slot) ? mm : null;
        }
    }
}
