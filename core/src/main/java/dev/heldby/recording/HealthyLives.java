// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded summary of the objects born with one stack that died in good order: how many, where their last reference
 * was given back, and in what ways they lived, each with one whole history and how many lived so.
 *
 * <p>Safe for threads. A death in a known place after a known life costs three atomic additions; what is new takes the monitor.
 * When there are more ways than fit, a new one takes the place of the rarest, with falling odds, so that a late habit is seen
 * as well; the number of the one that it replaces is lost.
 */
final class HealthyLives {
    private static final int PLACES = 64;
    private static final int EXAMPLES = 64;

    final FollowedRule rule;
    private final AtomicLong total = new AtomicLong();
    private volatile Place[] places = {};

    /** By shape, at most half full: each lies where its shape says, or in the next free slot. */
    private volatile Example[] table = new Example[2];

    private volatile int examples;

    /** One stack of a last put. */
    private static final class Place {
        final int stack;
        final AtomicLong count = new AtomicLong(1);

        Place(int stack) {
            this.stack = stack;
        }
    }

    /** One way to live. */
    private static final class Example {
        final long shape;
        /** Replaced by one that also shows its last use, once there is such. */
        volatile Trail trail;

        final AtomicLong count = new AtomicLong(1);

        Example(long shape, Trail trail) {
            this.shape = shape;
            this.trail = trail;
        }
    }

    HealthyLives(FollowedRule rule) {
        this.rule = rule;
    }

    void add(Trail trail, int finalPut) {
        if (count(trail.shape(), finalPut)) {
            addExample(trail);
        } else if (trail.showsUse()) {
            showUse(trail);
        }
    }

    private void showUse(Trail trail) {
        Example known = exampleOf(trail.shape());
        if (known != null && !known.trail.showsUse()) {
            known.trail = trail.copy();
        }
    }

    /**
     * Counts a life of that shape.
     *
     * @return whether its trail is to be added as an example
     */
    boolean count(long shape, int finalPut) {
        countPlace(finalPut);
        long number = total.incrementAndGet();
        Example known = exampleOf(shape);
        if (known != null) {
            known.count.getAndIncrement();
            return false;
        }
        return examples < EXAMPLES || Long.bitCount(number) == 1;
    }

    private void countPlace(int finalPut) {
        Place known = placeOf(finalPut);
        if (known != null) {
            known.count.getAndIncrement();
        } else if (places.length < PLACES) {
            addPlace(finalPut);
        }
    }

    private Place placeOf(int finalPut) {
        for (Place place : places) {
            if (place.stack == finalPut) {
                return place;
            }
        }
        return null;
    }

    private synchronized void addPlace(int finalPut) {
        Place known = placeOf(finalPut);
        if (known != null) {
            known.count.getAndIncrement();
        } else if (places.length < PLACES) {
            Place[] more = Arrays.copyOf(places, places.length + 1);
            more[places.length] = new Place(finalPut);
            places = more;
        }
    }

    private Example exampleOf(long shape) {
        Example[] known = table;
        return known[slot(known, shape)];
    }

    /** Where the shape lies, or would lie. */
    private static int slot(Example[] table, long shape) {
        int slot = (int) shape & table.length - 1;
        while (table[slot] != null && table[slot].shape != shape) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    /** Of a life that is counted already, when {@link #count} asks for it. */
    synchronized void addExample(Trail trail) {
        long shape = trail.shape();
        Example known = exampleOf(shape);
        if (known != null) {
            known.count.getAndIncrement();
            return;
        }
        Example rarest = examples < EXAMPLES ? null : rarest();
        rebuild(rarest, new Example(shape, trail.copy()));
    }

    private Example rarest() {
        Example rarest = null;
        for (Example example : table) {
            if (example != null && (rarest == null || example.count.get() < rarest.count.get())) {
                rarest = example;
            }
        }
        return rarest;
    }

    /** The table without one and with another example, of which either may be null. */
    private void rebuild(Example without, Example with) {
        int number = examples + (with == null ? 0 : 1) - (without == null ? 0 : 1);
        Example[] next = new Example[Math.max(2, Integer.highestOneBit(Math.max(1, 2 * number - 1)) * 2)];
        for (Example example : table) {
            if (example != null && example != without) {
                next[slot(next, example.shape)] = example;
            }
        }
        if (with != null) {
            next[slot(next, with.shape)] = with;
        }
        table = next;
        examples = number;
    }

    /** Takes back what one life added; its trail may have grown since. */
    synchronized void remove(Trail trail, int finalPut) {
        total.decrementAndGet();
        Place place = placeOf(finalPut);
        if (place != null) {
            place.count.decrementAndGet();
        }
        for (Example example : table) {
            if (example != null && trail.beginsWith(example.trail)) {
                if (example.count.decrementAndGet() == 0) {
                    rebuild(example, null);
                }
                return;
            }
        }
    }

    long total() {
        return total.get();
    }

    /** Receives each place and how many last references were given back there. */
    void forEachFinalPut(PlaceVisitor visitor) {
        for (Place place : places) {
            long count = place.count.get();
            if (count > 0) {
                visitor.visit(place.stack, count);
            }
        }
    }

    /** Receives each way to live; the trails must not be changed. */
    void forEachExample(ExampleVisitor visitor) {
        for (Example example : table) {
            if (example != null) {
                visitor.visit(example.trail, example.count.get());
            }
        }
    }

    /** See {@link #forEachFinalPut}. */
    interface PlaceVisitor {
        void visit(int stack, long count);
    }

    /** See {@link #forEachExample}. */
    interface ExampleVisitor {
        void visit(Trail trail, long count);
    }
}
