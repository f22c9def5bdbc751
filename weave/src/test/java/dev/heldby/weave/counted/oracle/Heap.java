// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The graph of all objects of the interpreted program, and when each of the counted ones has to go.
 *
 * <p>Between two observations the program executes at most one statement of each active call. An object that is first
 * unreachable at an observation became so since the one before.
 */
final class Heap {
    private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Obj> counted = new ArrayList<>();
    /** References that the JDK's own objects hold: from an exception to what it suppressed, from an iterator to its list. */
    private final Map<Object, List<Object>> attached = new IdentityHashMap<>();

    private final Consumer<Obj> destructor;

    Heap(Consumer<Obj> destructor) {
        this.destructor = destructor;
    }

    <N extends @Nullable Object> N made(N node) {
        if (isNode(node)) {
            known.add(node);
        }
        if (node instanceof Obj object && object.type.counted) {
            counted.add(object);
        }
        return node;
    }

    void attach(Object owner, Object value) {
        attached.computeIfAbsent(owner, key -> new ArrayList<>()).add(value);
    }

    /** The state before the next step, of which so many were executed. */
    void observe(Collection<@Nullable Object> strict, Collection<@Nullable Object> lingering, int count) {
        Set<Object> reached = reach(strict, Collections.newSetFromMap(new IdentityHashMap<>()), false);
        for (Obj object : counted) {
            if (reached.contains(object)) {
                object.earliest = -1; // what only lingered may be used again, such as the next element of an array
            } else if (object.earliest < 0) {
                object.earliest = count;
            }
        }
        List<@Nullable Object> all = new ArrayList<>(strict);
        all.addAll(lingering);
        settle(reach(all, Collections.newSetFromMap(new IdentityHashMap<>()), true), count);
    }

    private Set<Object> reach(Collection<@Nullable Object> roots, Set<Object> reached, boolean still) {
        ArrayDeque<Object> left = new ArrayDeque<>();
        roots.stream().filter(Heap::isNode).filter(reached::add).forEach(left::add);
        while (!left.isEmpty()) {
            references(left.remove(), still).stream()
                    .filter(Heap::isNode)
                    .filter(reached::add)
                    .forEach(left::add);
        }
        return reached;
    }

    /** Reference counting, as it would have happened: all goes that nothing refers to, and then what that referred to. */
    private void settle(Set<Object> reached, int count) {
        known.addAll(reached);
        while (known.size() > reached.size()) {
            Set<Object> referred = Collections.newSetFromMap(new IdentityHashMap<>());
            referred.addAll(reached);
            known.stream()
                    .filter(node -> !reached.contains(node))
                    .forEach(node ->
                            references(node, true).stream().filter(Heap::isNode).forEach(referred::add));
            List<Object> dead =
                    known.stream().filter(node -> !referred.contains(node)).toList();
            if (dead.isEmpty()) {
                return;
            }
            known.removeAll(dead);
            dead.forEach(node -> die(node, count));
        }
    }

    private void die(Object node, int count) {
        if (node instanceof Obj object && object.type.counted) {
            object.latest = count;
            if (!object.unfinished) {
                destructor.accept(object);
            }
        }
    }

    private List<@Nullable Object> references(Object node, boolean still) {
        List<@Nullable Object> all = new ArrayList<>(attached.getOrDefault(node, List.of()));
        Fn function = Fn.of(node);
        if (node instanceof Obj object) {
            all.addAll(object.fields.values());
        } else if (function != null) {
            all.addAll(function.captured);
        } else if (node instanceof Object[] array) {
            all.addAll(Arrays.asList(array));
        } else if (node instanceof Collection<?> collection) {
            all.addAll(collection);
        } else if (node instanceof Map<?, ?> map) {
            all.addAll(map.keySet());
            all.addAll(map.values());
        } else if (node instanceof Optional<?> optional) {
            all.add(optional.orElse(null));
        } else if (node instanceof AtomicReference<?> reference) {
            all.add(reference.get());
        } else if (node instanceof Map.Entry<?, ?> entry) {
            all.add(entry.getKey());
            all.add(entry.getValue());
        } else if (node instanceof Worker worker && (still || !worker.ended)) {
            all.add(worker.task);
        }
        return all;
    }

    private static boolean isNode(@Nullable Object value) {
        return !(value == null || value instanceof String || value instanceof Number || value instanceof Boolean);
    }

    /** By the number of the object, after the program's end. */
    Map<Integer, Fate> fates(Collection<@Nullable Object> statics) {
        Set<Object> alive = reach(statics, Collections.newSetFromMap(new IdentityHashMap<>()), true);
        Map<Integer, Fate> fates = new TreeMap<>();
        counted.stream().filter(object -> object.id >= 0).forEach(object -> fates.put(object.id, fate(object, alive)));
        return fates;
    }

    private static Fate fate(Obj object, Set<Object> alive) {
        return new Fate(object.type.toString(), end(object, alive.contains(object)), object.earliest, object.latest);
    }

    private static Fate.End end(Obj object, boolean alive) {
        if (object.unfinished) {
            return Fate.End.UNFINISHED;
        }
        if (alive) {
            return Fate.End.ALIVE;
        }
        return object.latest < 0 ? Fate.End.CYCLE : Fate.End.DESTROYED;
    }
}
