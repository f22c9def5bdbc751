// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.function.Consumer;

/**
 * The lifecycles whose objects are not known to be gone, in doubly linked lists.
 *
 * <p>Any thread may add, remove and visit. The lists are striped by the adding thread, so that two threads seldom meet at
 * one lock.
 */
final class LiveSet {
    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    LiveSet() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    void add(Lifecycle lifecycle, int thread) {
        lifecycle.stripe = thread & STRIPES - 1;
        stripes[lifecycle.stripe].add(lifecycle);
    }

    /** Does nothing if it is not there. */
    void remove(Lifecycle lifecycle) {
        stripes[lifecycle.stripe].remove(lifecycle);
    }

    /** Visits each member, holding the lock of its stripe; one that comes or goes meanwhile may be missed. */
    void forEach(Consumer<Lifecycle> visitor) {
        for (Stripe stripe : stripes) {
            stripe.forEach(visitor);
        }
    }

    long size() {
        long size = 0;
        for (Stripe stripe : stripes) {
            size += stripe.size;
        }
        return size;
    }

    private static final class Stripe {
        private Lifecycle head;
        private volatile int size;

        @SuppressWarnings("NonAtomicVolatileUpdate")
        synchronized void add(Lifecycle lifecycle) {
            lifecycle.next = head;
            if (head != null) {
                head.previous = lifecycle;
            }
            head = lifecycle;
            size++;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate")
        synchronized void remove(Lifecycle lifecycle) {
            if (head != lifecycle && lifecycle.previous == null) {
                return;
            }
            if (lifecycle.previous == null) {
                head = lifecycle.next;
            } else {
                lifecycle.previous.next = lifecycle.next;
            }
            if (lifecycle.next != null) {
                lifecycle.next.previous = lifecycle.previous;
            }
            lifecycle.previous = null;
            lifecycle.next = null;
            size--;
        }

        synchronized void forEach(Consumer<Lifecycle> visitor) {
            for (Lifecycle lifecycle = head; lifecycle != null; lifecycle = lifecycle.next) {
                visitor.accept(lifecycle);
            }
        }
    }
}
