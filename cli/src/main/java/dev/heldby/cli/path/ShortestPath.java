// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli.path;

import dev.heldby.cli.path.References.Place;
import dev.heldby.cli.path.References.Visitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import shark.HeapGraph;
import shark.HeapObject;
import shark.HeapObject.HeapClass;
import shark.HeapObject.HeapInstance;
import shark.HeapObject.HeapObjectArray;
import shark.HeapObject.HeapPrimitiveArray;

/**
 * The shortest way from a root to a target by strong references, found breadth first. Of several of one length it is always the same.
 *
 * <p>Costs 16 bytes an object, beside the index of the dump. For one thread.
 */
public final class ShortestPath {
    private static final int UNSEEN = 0;
    private static final int ROOT = -1;

    private final HeapGraph graph;
    private final Target target;
    /** The identifiers of all objects, in order; where one stands is its number here. */
    private final long[] ids;
    /** The number of the object that an object was found in, and one more; or that it is a root. */
    private final int[] from;

    private final int[] queue;
    private int queued;
    private @Nullable Found best;

    /**
     * A path that was found.
     *
     * @param hops a line each, from the root to the object or the word that ends it
     * @param address the start of the range that it ends in; 0 if it ends in an object
     */
    public record Found(List<String> hops, long address, int length) {}

    ShortestPath(HeapGraph graph, Target target) {
        this.graph = graph;
        this.target = target;
        this.ids = Roots.stream(graph.getObjects().iterator())
                .mapToLong(HeapObject::getObjectId)
                .sorted()
                .toArray();
        this.from = new int[ids.length];
        this.queue = new int[ids.length];
    }

    Optional<Found> search() {
        for (Roots.Root root : Roots.of(graph)) {
            reach(root.object(), ROOT);
        }
        int behind = queued;
        int length = 0;
        for (int i = 0; i < queued && (best == null || length < best.length); i++) {
            if (i == behind) {
                behind = queued;
                length++;
            }
            look(queue[i], length);
        }
        return Optional.ofNullable(best);
    }

    private void reach(long id, int source) {
        int object = Arrays.binarySearch(ids, id);
        if (object >= 0 && from[object] == UNSEEN) {
            from[object] = source;
            queue[queued++] = object;
        }
    }

    private void look(int number, int length) {
        HeapObject object = graph.findObjectById(ids[number]);
        if (target.isObject(object.getObjectId())) {
            improve(number, List.of(), 0, length);
            return;
        }
        References.each(object, new Visitor() {
            @Override
            public void object(Place place, long id) {
                reach(id, number + 1);
            }

            @Override
            public void word(Place place, long word) {
                OptionalLong start = target.range(word);
                if (start.isPresent()) {
                    long at = start.getAsLong();
                    improve(number, List.of(name(object) + place), at, length + 1 + target.steps(at));
                }
            }
        });
    }

    private void improve(int last, List<String> end, long address, int length) {
        if (best == null || length < best.length) {
            List<String> hops = hopsTo(last);
            hops.addAll(end);
            best = new Found(hops, address, length);
        }
    }

    private List<String> hopsTo(int last) {
        List<String> hops = new ArrayList<>();
        int at = last;
        while (from[at] != ROOT) {
            int holder = from[at] - 1;
            hops.add(hop(graph.findObjectById(ids[holder]), ids[at]));
            at = holder;
        }
        rootName(ids[at]).ifPresent(hops::add);
        Collections.reverse(hops);
        return hops;
    }

    /** A class needs no name of its own: its static field begins with it. */
    private Optional<String> rootName(long id) {
        return Roots.of(graph).stream()
                .filter(root -> root.object() == id)
                .findFirst()
                .map(Roots.Root::name)
                .filter(name -> !(graph.findObjectById(id) instanceof HeapClass));
    }

    private static String hop(HeapObject holder, long held) {
        List<String> places = new ArrayList<>();
        References.each(holder, new Visitor() {
            @Override
            public void object(Place place, long id) {
                if (id == held && places.isEmpty()) {
                    places.add(place.toString());
                }
            }

            @Override
            public void word(Place place, long word) {
                // Holds no object.
            }
        });
        return name(holder) + String.join("", places);
    }

    static String name(HeapObject object) {
        if (object instanceof HeapClass type) {
            return "static " + type.getName();
        }
        if (object instanceof HeapInstance instance) {
            return instance.getInstanceClassName();
        }
        return object instanceof HeapObjectArray array
                ? array.getArrayClassName()
                : ((HeapPrimitiveArray) object).getArrayClassName();
    }
}
