// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The records by their handles: a table that grows by pages, and the list of the places in it that are free again.
 *
 * <p>Any thread may look a record up without a lock. All else is for the holder of the depot's lock.
 *
 * <p>The kernel's depot keeps a free list of records too, but reuses one only after a grace period, since a reader may be
 * looking at it; here the place is reused and the record is left to the collector.
 */
final class RecordPlaces {
    private static final int PAGE = 1 << 10;

    /*
     * pages, and the places in them: written under the depot's lock, read by any thread. Volatile, so that who sees a
     * record sees all of it.
     * opened: written under the depot's lock, after the page of that place. Volatile, for who walks the places.
     * free: guarded by the depot's lock.
     */
    private final AtomicReferenceArray<AtomicReferenceArray<StackRecord>> pages =
            new AtomicReferenceArray<>(StackHandle.MAX_PLACE / PAGE + 1);
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private volatile int opened;

    /** Takes a place and gives the handle for its new record; 0 if every handle was used. */
    int take() {
        Integer reused = free.poll();
        return reused != null ? reused : open();
    }

    private int open() {
        int place = opened + 1;
        if (place > StackHandle.MAX_PLACE) {
            return 0;
        }
        if (pages.get(place / PAGE) == null) {
            pages.set(place / PAGE, new AtomicReferenceArray<>(PAGE));
        }
        opened = place;
        return place;
    }

    /** Puts a record at the place that its handle names. */
    void set(StackRecord record) {
        set(record.handle, record);
    }

    /** From now on the handle names nothing, for good; its place is free unless its generations are used up. */
    void free(int name) {
        set(name, null);
        int successor = StackHandle.successor(name);
        if (successor != 0) {
            free.push(successor);
        }
    }

    private void set(int name, StackRecord record) {
        int place = StackHandle.place(name);
        pages.get(place / PAGE).set(place % PAGE, record);
    }

    /** The record of that handle, whatever its extra bits; null if there is none. */
    StackRecord find(int handle) {
        StackRecord record = at(StackHandle.place(handle));
        return record != null && record.handle == StackHandle.name(handle) ? record : null;
    }

    private StackRecord at(int place) {
        AtomicReferenceArray<StackRecord> page = pages.get(place / PAGE);
        return page == null ? null : page.get(place % PAGE);
    }

    void forEach(Consumer<StackRecord> visitor) {
        for (int place = 1; place <= opened; place++) {
            StackRecord record = at(place);
            if (record != null) {
                visitor.accept(record);
            }
        }
    }

    int freePlaces() {
        return free.size();
    }
}
