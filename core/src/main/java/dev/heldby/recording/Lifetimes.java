// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long the objects of one birth lived that ended well. Any thread may add; two that do at once may lose the later birth of the two,
 * which the next one makes good.
 */
final class Lifetimes {
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong lastBorn = new AtomicLong();

    void add(long bornMicros, long endMicros) {
        long life = endMicros - bornMicros;
        if (life > longest.getOpaque()) {
            longest.accumulateAndGet(life, Math::max);
        }
        if (bornMicros > lastBorn.getOpaque()) {
            lastBorn.setOpaque(bornMicros);
        }
    }

    long longestMicros() {
        return longest.getOpaque();
    }

    /** When the youngest of them was born. */
    long lastBornMicros() {
        return lastBorn.getOpaque();
    }
}
