// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's collections, maps, iterators and single places: they hold what is in them. They are not woven; so each call of one
 * by woven code that may change it is followed by a look at what is in it now, under the lock of its entry. Adding to the
 * usual lists and sets, and taking from them, costs less: there the call itself says what has changed.
 *
 * <p>A view, such as an iterator or the key set of a map, holds its container, and a call that may change the view is a look
 * at the container.
 */
final class Containers {
    private static final Set<String> ADDING =
            Set.of("add", "addLast", "addFirst", "push", "offer", "offerLast", "offerFirst");
    private static final Set<String> TAKING =
            Set.of("poll", "pollFirst", "pollLast", "pop", "removeFirst", "removeLast");
    private static final Set<String> SIMPLE = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.ArrayDeque",
            "java.util.HashSet",
            "java.util.LinkedHashSet");

    private static final ClassValue<Boolean> IS_CONTAINER = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.getClassLoader() == null
                    && (Collection.class.isAssignableFrom(type)
                            || Map.class.isAssignableFrom(type)
                            || Map.Entry.class.isAssignableFrom(type)
                            || Iterator.class.isAssignableFrom(type)
                            || type == Optional.class
                            || type == AtomicReference.class);
        }
    };

    private Containers() {}

    static boolean isContainer(Class<?> type) {
        return IS_CONTAINER.get(type);
    }

    /** A container that woven code has just made, or that was made for it: it has one reference. */
    static void made(Object container) {
        if (Externals.find(container) == null) {
            Externals.add(container, List.of());
            lookAt(container);
        }
    }

    /** A view of a container, which holds that. */
    static void view(Object view, Object container) {
        References.retain(container);
        Externals.add(view, List.of(container));
    }

    /** A container that came from elsewhere: nobody knows who holds it. */
    static void adopt(Object container) {
        made(container);
        Count count = Externals.find(container);
        if (count != null) {
            count.lend();
        }
    }

    /** Woven code has called that method of a container, with that single argument, or null, and that result. */
    static void called(Object container, String method, @Nullable Object argument, @Nullable Object result) {
        Externals.Entry entry = Externals.entry(container);
        if (entry == null) {
            return;
        }
        boolean isSimple = SIMPLE.contains(container.getClass().getName());
        if (isSimple && argument != null && ADDING.contains(method)) {
            if (!Boolean.FALSE.equals(result)) {
                References.hold(argument);
                entry.hold(argument);
            }
        } else if (isSimple && TAKING.contains(method)) {
            if (result != null && entry.forget(result)) {
                References.release(result);
            }
        } else {
            lookAt(root(container, entry));
        }
    }

    private static Object root(Object container, Externals.Entry entry) {
        if (!isView(container)) {
            return container;
        }
        List<Object> held = entry.held();
        Externals.Entry next = held.size() == 1 ? Externals.entry(held.get(0)) : null;
        return next == null ? container : root(held.get(0), next);
    }

    /** Views are classes of their own, within the one that makes them or beside it. */
    private static boolean isView(Object container) {
        return container instanceof Iterator
                || container instanceof Map.Entry
                || container.getClass().getName().contains("$");
    }

    /** Takes references to what has come into a container, then gives up those to what has gone. */
    private static void lookAt(Object container) {
        Externals.Entry entry = Externals.entry(container);
        if (entry == null || container instanceof Iterator || container instanceof Map.Entry) {
            return;
        }
        List<Object> before;
        synchronized (entry) {
            List<Object> contents;
            try {
                contents = contents(container);
            } catch (RuntimeException e) {
                return; // Another thread is changing it, and will look at it when it is done.
            }
            contents.forEach(Containers::holdContent);
            before = entry.exchange(contents);
        }
        before.forEach(References::release);
    }

    /** A container within a container, which was not seen before, is held by that one. */
    private static void holdContent(Object content) {
        if (isContainer(content.getClass()) && Externals.find(content) == null) {
            made(content);
        } else {
            References.hold(content);
        }
    }

    private static List<Object> contents(Object container) {
        List<Object> contents = new ArrayList<>();
        if (container instanceof Collection<?> collection) {
            collection.forEach(element -> add(contents, element));
        } else if (container instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                add(contents, key);
                add(contents, value);
            });
        } else if (container instanceof Optional<?> optional) {
            optional.ifPresent(contents::add);
        } else if (container instanceof AtomicReference<?> reference) {
            add(contents, reference.get());
        }
        return contents;
    }

    private static void add(List<Object> contents, @Nullable Object element) {
        if (element != null && (References.count(element) != null || isContainer(element.getClass()))) {
            contents.add(element);
        }
    }
}
