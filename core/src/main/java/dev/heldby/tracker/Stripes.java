// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The held references of a directory, divided so that threads seldom wait for each other.
 *
 * <p>A thread takes in the stripe of its number, made when first needed, so that a directory that one thread uses is one list;
 * whoever releases does so in the tracker's stripe. What is read over several stripes is exact only as long as no one takes or
 * releases.
 */
final class Stripes {
    private static final int COUNT = powerOfTwo(2 * Runtime.getRuntime().availableProcessors());

    private final Account account;
    private final AtomicReferenceArray<Stripe> stripes = new AtomicReferenceArray<>(COUNT);
    private volatile boolean closed;

    Stripes(Account account) {
        this.account = account;
    }

    private static int powerOfTwo(int atLeast) {
        return Math.min(64, Integer.highestOneBit(2 * atLeast - 1));
    }

    Stripe ofThread() {
        int index = (int) Thread.currentThread().getId() & COUNT - 1;
        Stripe stripe = stripes.get(index);
        return stripe != null ? stripe : make(index);
    }

    private synchronized Stripe make(int index) {
        Stripe stripe = stripes.get(index);
        if (stripe == null) {
            stripe = new Stripe(account);
            if (closed) {
                stripe.close(tracker -> {});
            }
            stripes.set(index, stripe);
        }
        return stripe;
    }

    /** All that are held. */
    List<Tracker> all() {
        List<Tracker> all = new ArrayList<>();
        eachStripe(stripe -> stripe.forEach(all::add));
        return all;
    }

    /** The same, in order. */
    List<Tracker> newestFirst() {
        return newestFirst(all());
    }

    private static List<Tracker> newestFirst(List<Tracker> trackers) {
        trackers.sort(Comparator.comparingLong(Tracker::takenMicros).reversed());
        return trackers;
    }

    void handOver(Consumer<Tracker> to) {
        eachStripe(stripe -> stripe.handOver(to));
    }

    int held() {
        int[] held = {0};
        eachStripe(stripe -> held[0] += stripe.held());
        return held[0];
    }

    long begun() {
        long[] begun = {0};
        eachStripe(stripe -> begun[0] += stripe.begun());
        return begun[0];
    }

    boolean isClosed() {
        return closed;
    }

    /** Closes them; what was held at that moment, newest first, or nothing if they were closed before. */
    synchronized Optional<List<Tracker>> close() {
        if (closed) {
            return Optional.empty();
        }
        closed = true;
        List<Tracker> held = new ArrayList<>();
        eachStripe(stripe -> stripe.close(held::add));
        return Optional.of(newestFirst(held));
    }

    private void eachStripe(Consumer<Stripe> visitor) {
        for (int i = 0; i < COUNT; i++) {
            Stripe stripe = stripes.get(i);
            if (stripe != null) {
                visitor.accept(stripe);
            }
        }
    }
}
