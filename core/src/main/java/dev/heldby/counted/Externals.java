// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The counts of objects that have no room for one: arrays, and the objects that lambda expressions make.
 *
 * <p>Any thread may call. It is a table by identity that keeps no object alive; a look-up is one of a hash table. Where the
 * collector takes a function object that was lent, what it had captured is given up then.
 */
final class Externals {
    private static final ConcurrentMap<Object, Entry> ENTRIES = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();

    private Externals() {}

    /** Whether objects of that class can be in the table. */
    static boolean mayCount(Class<?> type) {
        return type.isArray() ? !type.getComponentType().isPrimitive() : type.isHidden();
    }

    static @Nullable Count find(Object object) {
        Entry entry = ENTRIES.get(new Probe(object));
        return entry == null ? null : entry.count;
    }

    /** Begins to count an object, with one reference, that holds those values. */
    static Count add(Object object, @Nullable Object[] values) {
        removeCollected();
        Entry entry = new Entry(object, values);
        ENTRIES.put(entry, entry);
        return entry.count;
    }

    /** Gives up what the object holds, for which it is no longer counted. */
    static void drop(Object object) {
        Entry entry = ENTRIES.remove(new Probe(object));
        if (entry != null) {
            entry.giveUpValues();
            if (object instanceof Object[] array) {
                for (Object element : array) {
                    References.release(element);
                }
            }
        }
    }

    /** Shows the visitor what the object holds. */
    static void visit(Object object, Countable.Visitor visitor) {
        Entry entry = ENTRIES.get(new Probe(object));
        @Nullable
        Object[] held = object instanceof Object[] array ? array : entry == null ? new Object[0] : entry.values;
        for (int i = 0; i < held.length; i++) {
            visitor.visit("[" + i + "]", held[i]);
        }
    }

    private static void removeCollected() {
        Reference<?> collected = COLLECTED.poll();
        while (collected != null) {
            ENTRIES.remove(collected);
            ((Entry) collected).giveUpValues();
            collected = COLLECTED.poll();
        }
    }

    private static final class Entry extends WeakReference<Object> {
        final Count count = new Count();
        private final int hash;
        private @Nullable Object[] values;

        Entry(Object object, @Nullable Object[] values) {
            super(object, COLLECTED);
            this.values = values;
            hash = System.identityHashCode(object);
        }

        void giveUpValues() {
            @Nullable Object[] held = values;
            values = new Object[0];
            for (Object value : held) {
                References.release(value);
            }
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || other instanceof Probe probe && refersTo(probe.object);
        }
    }

    private record Probe(Object object) {
        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Entry entry && entry.refersTo(object);
        }
    }
}
