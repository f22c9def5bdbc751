// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The counted objects that are not destroyed, as far as they are followed. Any thread may call; it keeps no object alive. */
final class Census {
    private static final Set<Object> ENTRIES = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();

    private Census() {}

    static void add(Object object) {
        Reference<?> collected = COLLECTED.poll();
        while (collected != null) {
            ENTRIES.remove(collected);
            collected = COLLECTED.poll();
        }
        ENTRIES.add(new Entry(object));
    }

    static void remove(Object object) {
        ENTRIES.remove(new Entry(object));
    }

    /** All that live now. */
    static List<Object> living() {
        List<Object> living = new ArrayList<>();
        for (Object entry : ENTRIES) {
            Object object = ((Entry) entry).get();
            if (object != null) {
                living.add(object);
            }
        }
        return living;
    }

    private static final class Entry extends WeakReference<Object> {
        private final int hash;

        Entry(Object object) {
            super(object, COLLECTED);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // identity is what is meant
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object mine = get();
            return mine != null && other instanceof Entry entry && entry.get() == mine;
        }
    }
}
