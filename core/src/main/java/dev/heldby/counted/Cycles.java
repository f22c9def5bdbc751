// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds counted objects that only a cycle of references keeps alive, by trial deletion (Christopher, "Reference count garbage
 * collection", 1984): of each object the references that come from other objects are taken off its count; what is left comes
 * from outside, and keeps alive all that can be reached from there. The rest is held by nobody.
 *
 * <p>To be asked while no woven code runs: a reference that moves meanwhile may be missed.
 */
final class Cycles {
    private final Map<Object, Node> nodes = new IdentityHashMap<>();

    private static final class Node {
        int fromOutside;
        boolean isReached;
        final List<Edge> edges = new ArrayList<>();
    }

    private record Edge(String field, Object to) {}

    private Cycles() {}

    /** A line for each cycle: the path around it by types and fields, such as {@code Node.parent -> Tree.root -> Node}. */
    static List<String> find() {
        Cycles cycles = new Cycles();
        Census.living().forEach(cycles::add);
        cycles.takeOff();
        cycles.reach();
        return cycles.paths();
    }

    private void add(Object first) {
        Deque<Object> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            Object object = open.pop();
            Count count = nodes.containsKey(object) ? null : References.count(object);
            if (count != null) {
                Node node = new Node();
                node.fromOutside = count.references();
                nodes.put(object, node);
                visit(object, node);
                node.edges.forEach(edge -> open.push(edge.to));
            }
        }
    }

    private static void visit(Object object, Node node) {
        Countable.Visitor visitor = (field, value) -> {
            if (References.count(value) != null && value != null) {
                node.edges.add(new Edge(field, value));
            }
        };
        if (object instanceof Countable countable) {
            countable.heldby$visit(visitor);
        } else {
            Externals.visit(object, visitor);
        }
    }

    private void takeOff() {
        for (Node node : nodes.values()) {
            for (Edge edge : node.edges) {
                Node to = nodes.get(edge.to);
                if (to != null) {
                    to.fromOutside--;
                }
            }
        }
    }

    private void reach() {
        Deque<Node> open = new ArrayDeque<>();
        nodes.values().stream().filter(node -> node.fromOutside > 0).forEach(open::push);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (!node.isReached) {
                node.isReached = true;
                for (Edge edge : node.edges) {
                    Node to = nodes.get(edge.to);
                    if (to != null) {
                        open.push(to);
                    }
                }
            }
        }
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Map.Entry<Object, Node> entry : nodes.entrySet()) {
            if (!entry.getValue().isReached && !seen.contains(entry.getKey())) {
                String path = path(entry.getKey(), seen);
                if (path != null) {
                    paths.add(path);
                }
            }
        }
        Collections.sort(paths);
        return paths;
    }

    /** The first cycle on a way from there that was not taken yet; null if there is none. */
    private @Nullable String path(Object from, Set<Object> seen) {
        Map<Object, Integer> places = new IdentityHashMap<>();
        List<String> steps = new ArrayList<>();
        Deque<Walk> walk = new ArrayDeque<>();
        walk.push(new Walk(from));
        String found = null;
        while (!walk.isEmpty()) {
            Walk here = walk.peek();
            if (here.next == 0) {
                seen.add(here.object);
                places.put(here.object, steps.size());
            }
            List<Edge> edges = node(here.object).edges;
            if (here.next == edges.size()) {
                places.remove(here.object);
                walk.pop();
                if (!steps.isEmpty()) {
                    steps.remove(steps.size() - 1);
                }
                continue;
            }
            Edge edge = edges.get(here.next++);
            String step = name(here.object) + "." + edge.field;
            Integer back = places.get(edge.to);
            if (back != null && found == null) {
                steps.add(step);
                found = around(steps.subList(back, steps.size()));
                steps.remove(steps.size() - 1);
            } else if (!seen.contains(edge.to) && !node(edge.to).isReached) {
                steps.add(step);
                walk.push(new Walk(edge.to));
            }
        }
        return found;
    }

    /** The way around, from the first of its names, so that one cycle reads alike wherever it was entered. */
    private static String around(List<String> steps) {
        List<String> turned = new ArrayList<>(steps);
        String first = "";
        for (int i = 0; i < steps.size(); i++) {
            String path = String.join(" -> ", turned) + " -> "
                    + turned.get(0).substring(0, turned.get(0).lastIndexOf('.'));
            first = first.isEmpty() || path.compareTo(first) < 0 ? path : first;
            Collections.rotate(turned, 1);
        }
        return first;
    }

    private static final class Walk {
        final Object object;
        int next;

        Walk(Object object) {
            this.object = object;
        }
    }

    private Node node(Object object) {
        Node node = nodes.get(object);
        return node == null ? new Node() : node;
    }

    private static String name(Object object) {
        return object.getClass().isHidden() ? "function" : object.getClass().getSimpleName();
    }
}
