// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.ArrayList;
import java.util.List;

/**
 * A bounded summary of the objects born with one stack that died in good order: how many, where their last reference
 * was given back, and a few whole histories.
 *
 * <p>Safe for threads; its monitor is held for a few dozen nanoseconds at a death.
 */
final class HealthyLives {
    private static final int PLACES = 16;
    private static final int EXAMPLES = 8;

    final FollowedRule rule;
    private final int[] places = new int[PLACES];
    private final long[] counts = new long[PLACES];
    private final List<Trail> examples = new ArrayList<>(EXAMPLES);
    private long total;

    HealthyLives(FollowedRule rule) {
        this.rule = rule;
    }

    synchronized void add(Trail trail, int finalPut) {
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
    synchronized boolean count(int finalPut) {
        total++;
        for (int i = 0; i < PLACES; i++) {
            if (places[i] == finalPut || counts[i] == 0) {
                places[i] = finalPut;
                counts[i]++;
                break;
            }
        }
        return examples.size() < EXAMPLES || Long.bitCount(total) == 1;
    }

    synchronized void keepAsExample(Trail trail) {
        if (examples.size() < EXAMPLES) {
            examples.add(trail.copy());
        } else {
            examples.set(Long.numberOfTrailingZeros(total) % EXAMPLES, trail.copy());
        }
    }

    /** Takes back what one life added; its trail may have grown since. */
    synchronized void remove(Trail trail, int finalPut) {
        total--;
        for (int i = 0; i < PLACES && counts[i] > 0; i++) {
            if (places[i] == finalPut) {
                discount(i);
                break;
            }
        }
        for (int i = 0; i < examples.size(); i++) {
            if (trail.beginsWith(examples.get(i))) {
                examples.remove(i);
                return;
            }
        }
    }

    private void discount(int i) {
        counts[i]--;
        if (counts[i] == 0) {
            int last = i;
            while (last + 1 < PLACES && counts[last + 1] > 0) {
                last++;
            }
            places[i] = places[last];
            counts[i] = counts[last];
            counts[last] = 0;
        }
    }

    synchronized long total() {
        return total;
    }

    /** Receives each place and how many last references were given back there. */
    synchronized void forEachFinalPut(PlaceVisitor visitor) {
        for (int i = 0; i < PLACES && counts[i] > 0; i++) {
            visitor.visit(places[i], counts[i]);
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
