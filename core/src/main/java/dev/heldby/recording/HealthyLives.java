// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A bounded summary of the objects born with one stack that died in good order: how many, where their last reference
 * was given back, and in what ways they lived, each with one whole history and how many lived so.
 *
 * <p>Safe for threads. A death in a known place after a known life costs three atomic additions; what is new takes the monitor.
 * When there are more ways than fit, a new one takes the place of the rarest, with falling odds, so that a late habit is seen
 * as well; the number of the one that it replaces is lost.
 */
final class HealthyLives {
    private static final int PLACES = 16;
    private static final int EXAMPLES = 16;

    final FollowedRule rule;
    private volatile int[] places = {};
    private final AtomicLongArray counts = new AtomicLongArray(PLACES);
    private final AtomicLong total = new AtomicLong();
    private volatile Example[] examples = {};

    /** One way to live. */
    private static final class Example {
        final long shape;
        final Trail trail;
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
        return examples.length < EXAMPLES || Long.bitCount(number) == 1;
    }

    private void countPlace(int finalPut) {
        int place = indexOf(finalPut);
        if (place < 0) {
            place = indexOfNew(finalPut);
        }
        if (place >= 0) {
            counts.getAndIncrement(place);
        }
    }

    private int indexOf(int finalPut) {
        int[] known = places;
        for (int i = 0; i < known.length; i++) {
            if (known[i] == finalPut) {
                return i;
            }
        }
        return -1;
    }

    /** Negative if there is no more room. */
    private synchronized int indexOfNew(int finalPut) {
        int place = indexOf(finalPut);
        if (place >= 0 || places.length == PLACES) {
            return place;
        }
        int[] more = Arrays.copyOf(places, places.length + 1);
        more[places.length] = finalPut;
        places = more;
        return more.length - 1;
    }

    private Example exampleOf(long shape) {
        for (Example example : examples) {
            if (example.shape == shape) {
                return example;
            }
        }
        return null;
    }

    /** Of a life that is counted already, when {@link #count} asks for it. */
    synchronized void addExample(Trail trail) {
        long shape = trail.shape();
        Example known = exampleOf(shape);
        if (known != null) {
            known.count.getAndIncrement();
            return;
        }
        boolean room = examples.length < EXAMPLES;
        Example[] other = room ? Arrays.copyOf(examples, examples.length + 1) : examples.clone();
        other[room ? other.length - 1 : rarest()] = new Example(shape, trail.copy());
        examples = other;
    }

    private int rarest() {
        int rarest = 0;
        for (int i = 1; i < examples.length; i++) {
            if (examples[i].count.get() < examples[rarest].count.get()) {
                rarest = i;
            }
        }
        return rarest;
    }

    /** Takes back what one life added; its trail may have grown since. */
    synchronized void remove(Trail trail, int finalPut) {
        total.decrementAndGet();
        int place = indexOf(finalPut);
        if (place >= 0) {
            counts.decrementAndGet(place);
        }
        for (int i = 0; i < examples.length; i++) {
            if (trail.beginsWith(examples[i].trail)) {
                removeFrom(i);
                return;
            }
        }
    }

    private void removeFrom(int index) {
        if (examples[index].count.decrementAndGet() == 0) {
            Example[] fewer = new Example[examples.length - 1];
            System.arraycopy(examples, 0, fewer, 0, index);
            System.arraycopy(examples, index + 1, fewer, index, fewer.length - index);
            examples = fewer;
        }
    }

    long total() {
        return total.get();
    }

    /** Receives each place and how many last references were given back there. */
    void forEachFinalPut(PlaceVisitor visitor) {
        int[] known = places;
        for (int i = 0; i < known.length; i++) {
            long count = counts.get(i);
            if (count > 0) {
                visitor.visit(known[i], count);
            }
        }
    }

    /** Receives each way to live; the trails must not be changed. */
    void forEachExample(ExampleVisitor visitor) {
        for (Example example : examples) {
            visitor.visit(example.trail, example.count.get());
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
