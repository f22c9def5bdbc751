// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The counts of objects that have no room for one: arrays, the objects that lambda expressions make, and the JDK's containers.
 *
 * <p>Any thread may call. It is a table by identity; a look-up is one of a hash table. It keeps nothing alive: neither an
 * object nor what that holds, which the object itself keeps alive as long as it holds it. Where the collector takes an object
 * that was lent, what it held is given up then.
 */
final class Externals {
    private static final ConcurrentMap<Object, Entry> ENTRIES = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();

    private Externals() {}

    /** Whether objects of that class can be in the table. */
    static boolean mayCount(Class<?> type) {
        return type.isArray()
                ? !type.getComponentType().isPrimitive()
                : type.isHidden() || Containers.isContainer(type);
    }

    static @Nullable Count find(Object object) {
        Entry entry = entry(object);
        return entry == null ? null : entry.count;
    }

    static @Nullable Entry entry(Object object) {
        return ENTRIES.get(new Probe(object));
    }

    /** Begins to count an object, with one reference, that holds what those references are to. */
    static Entry add(Object object, Collection<?> held) {
        removeCollected();
        Entry entry = new Entry(object);
        held.forEach(entry::hold);
        Entry known = ENTRIES.putIfAbsent(entry, entry);
        return known == null ? entry : known;
    }

    /** Gives up what the object holds, for which it is no longer counted. */
    static void drop(Object object) {
        Entry entry = ENTRIES.remove(new Probe(object));
        if (entry != null) {
            entry.giveUp();
            if (object instanceof Object[] array) {
                for (Object element : array) {
                    References.release(element);
                }
            }
        }
    }

    /** Shows the visitor what the object holds. */
    static void visit(Object object, Countable.Visitor visitor) {
        Entry entry = entry(object);
        List<?> held =
                object instanceof Object[] array ? Arrays.asList(array) : entry == null ? List.of() : entry.held();
        for (int i = 0; i < held.size(); i++) {
            visitor.visit("[" + i + "]", held.get(i));
        }
    }

    private static void removeCollected() {
        Reference<?> collected = COLLECTED.poll();
        while (collected != null) {
            ENTRIES.remove(collected);
            ((Entry) collected).giveUp();
            collected = COLLECTED.poll();
        }
    }

    /** What is known of one object. Its own lock guards what it holds. */
    static final class Entry extends WeakReference<Object> {
        final Count count = new Count();
        private final int hash;
        private final List<WeakReference<Object>> held = new ArrayList<>(0);

        private Entry(Object object) {
            super(object, COLLECTED);
            hash = System.identityHashCode(object);
        }

        /** Notes that it holds one more, to which a reference was taken. */
        synchronized void hold(@Nullable Object value) {
            if (References.count(value) != null) {
                held.add(new WeakReference<>(value));
            }
        }

        /** Forgets one that it held; false if it held none such. */
        synchronized boolean forget(Object value) {
            for (int i = held.size() - 1; i >= 0; i--) {
                if (held.get(i).refersTo(value)) {
                    held.set(i, held.get(held.size() - 1));
                    held.remove(held.size() - 1);
                    return true;
                }
            }
            return false;
        }

        synchronized List<Object> held() {
            List<Object> all = new ArrayList<>();
            for (WeakReference<Object> reference : held) {
                Object value = reference.get();
                if (value != null) {
                    all.add(value);
                }
            }
            return all;
        }

        /** Holds those instead, to each of which a reference was taken; the references to what it held are the caller's. */
        synchronized List<Object> exchange(Collection<?> others) {
            List<Object> before = held();
            held.clear();
            others.forEach(this::hold);
            return before;
        }

        private void giveUp() {
            exchange(List.of()).forEach(References::release);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other
                    || other instanceof Probe probe && refersTo(probe.object)
                    || other instanceof Entry entry && entry.hash == hash && refersTo(entry.get()) && !refersTo(null);
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
