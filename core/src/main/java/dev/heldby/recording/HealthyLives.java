// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A bounded summary of the objects born with one stack that died in good order: how many, where their last reference
 * was given back, and a few whole histories.
 *
 * <p>Safe for threads. A death in a known place costs two atomic additions; a new place, which is copied into {@code places},
 * and an example take the monitor.
 */
final class HealthyLives {
    private static final int PLACES = 16;
    private static final int EXAMPLES = 8;

    final FollowedRule rule;
    private volatile int[] places = {};
    private final AtomicLongArray counts = new AtomicLongArray(PLACES);
    private final AtomicLong total = new AtomicLong();
    private final List<Trail> examples = new ArrayList<>(EXAMPLES);

    HealthyLives(FollowedRule rule) {
        this.rule = rule;
    }

    void add(Trail trail, int finalPut) {
        if (count(finalPut)) {
            keepAsExample(trail);
        }
    }

    /**
     * Counts one.
     *
     * @return whether its history is wanted as an example: the first ones are, then each with falling odds, at powers of
     *     two, so that a late habit is seen as well
     */
    boolean count(int finalPut) {
        int place = indexOf(finalPut);
        if (place < 0) {
            place = indexOfNew(finalPut);
        }
        if (place >= 0) {
            counts.getAndIncrement(place);
        }
        long now = total.incrementAndGet();
        return now <= EXAMPLES || Long.bitCount(now) == 1;
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

    synchronized void keepAsExample(Trail trail) {
        if (examples.size() < EXAMPLES) {
            examples.add(trail.copy());
        } else {
            examples.set(Long.numberOfTrailingZeros(total.get()) % EXAMPLES, trail.copy());
        }
    }

    /** Takes back what one life added; its trail may have grown since. */
    synchronized void remove(Trail trail, int finalPut) {
        total.decrementAndGet();
        int place = indexOf(finalPut);
        if (place >= 0) {
            counts.decrementAndGet(place);
        }
        for (int i = 0; i < examples.size(); i++) {
            if (trail.beginsWith(examples.get(i))) {
                examples.remove(i);
                return;
            }
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

    synchronized List<Trail> examples() {
        return List.copyOf(examples);
    }

    /** See {@link #forEachFinalPut}. */
    interface PlaceVisitor {
        void visit(int stack, long count);
    }
}
