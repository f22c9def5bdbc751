// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which stack the gets and puts at a call site have, among objects born with one stack.
 *
 * <p>A woven call of {@code retain} or {@code release} tells the number of its site, which costs next to nothing; the
 * stack costs a thousand times as much. A site where {@value #TRUST_AFTER} calls in a row had one stack is trusted: a
 * further call there is taken to have it too, and is marked as inferred, but for one call in {@value #CHECK_EVERY}, whose
 * stack is looked at. A site that is seen with a second stack is never trusted again: there, what calls the caller
 * matters. Nor is any site trusted for a while after one of these objects came to a bad end.
 *
 * <p>Any thread may call. The table is copied when it grows; an entry's counters are updated without a lock, and what a
 * race loses of them only postpones trust.
 */
final class SiteStacks {
    static final int TRUST_AFTER = 64;
    static final int CHECK_EVERY = 16;

    private static final int CAPACITY = 128;
    private static final int DISTRUST_STACKS = 100_000;

    private volatile Entry[] entries = {};
    private final int distrustStacks;
    private final AtomicInteger distrust = new AtomicInteger();

    SiteStacks() {
        this(DISTRUST_STACKS);
    }

    /** @param distrustStacks how many stacks are looked at after a bad end before any site is trusted again */
    SiteStacks(int distrustStacks) {
        this.distrustStacks = distrustStacks;
    }

    /** The stack of that site if it can be inferred now, else 0: then it is to be captured and {@link #learn}ed. */
    int trusted(int site) {
        Entry entry = find(site);
        return entry == null || distrust.get() > 0 ? 0 : entry.trusted();
    }

    void learn(int site, int stack) {
        int left = distrust.get();
        if (left > 0) {
            // Not a plain decrement, which could undo a distrust() that came between.
            distrust.compareAndSet(left, left - 1);
        }
        Entry entry = find(site);
        if (entry == null) {
            add(site, stack);
        } else {
            entry.learn(stack);
        }
    }

    /** One of the objects came to a bad end: the next ones are looked at closely. */
    void distrust() {
        distrust.set(distrustStacks);
    }

    private Entry find(int site) {
        for (Entry entry : entries) {
            if (entry.site == site) {
                return entry;
            }
        }
        return null;
    }

    private synchronized void add(int site, int stack) {
        Entry entry = find(site);
        if (entry != null) {
            // Another thread was first, perhaps with another stack.
            entry.learn(stack);
        } else if (entries.length < CAPACITY) {
            Entry[] more = Arrays.copyOf(entries, entries.length + 1);
            more[entries.length] = new Entry(site, stack);
            entries = more;
        }
    }

    private static final class Entry {
        private final int site;
        private final int stack;
        private int streak;
        private int uses;
        private boolean several;

        Entry(int site, int stack) {
            this.site = site;
            this.stack = stack;
        }

        int trusted() {
            return several || streak < TRUST_AFTER || ++uses % CHECK_EVERY == 0 ? 0 : stack;
        }

        void learn(int seen) {
            if (seen == stack) {
                streak++;
            } else {
                several = true;
            }
        }
    }
}
