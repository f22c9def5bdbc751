// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.concurrent.atomic.LongAdder;

/** How many objects of counted types there were. Any thread may count. */
final class Statistics {
    private static final LongAdder ALLOCATED = new LongAdder();
    private static final LongAdder DESTROYED = new LongAdder();

    private Statistics() {}

    static void allocated(Object object, Count count) {
        ALLOCATED.increment();
        Faults.begin(object, count);
    }

    /** An object whose constructor failed never was one. */
    static void unborn(Object object, Count count) {
        if (object instanceof CountedObject) {
            ALLOCATED.decrement();
            Faults.end(object, count);
        }
    }

    static void destroyed(Object object, Count count) {
        DESTROYED.increment();
        Faults.end(object, count);
    }

    static long allocated() {
        return ALLOCATED.sum();
    }

    static long destroyed() {
        return DESTROYED.sum();
    }
}
