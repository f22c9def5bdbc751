// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one run of a program did: the trace of all that it can observe, and what was destroyed after how many steps.
 *
 * <p>Any thread may record. The trace has an order only where the program has one.
 */
public final class Run {
    private final List<String> trace = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> steps = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Integer> destroyed = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Divergence> violations = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> left = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger();

    public void step(int number) {
        steps.add(number);
        trace.add("step " + number);
    }

    public int id() {
        return ids.getAndIncrement();
    }

    public void use(int id) {
        trace.add("use " + id);
        peek(id);
    }

    public void note(int value) {
        trace.add("note " + value);
    }

    public void left(int id) {
        left.add(id);
        peek(id);
    }

    /** A use that leaves no trace: destructors make them, and there are none in a program that is not woven. */
    public void peek(int id) {
        Integer at = destroyed.get(id);
        if (at != null) {
            violations.add(new Divergence(
                    Divergence.Kind.USED_AFTER,
                    "object " + id + " is used " + moment(steps.size()) + ", but was destroyed " + moment(at)));
        }
    }

    public void destroyed(int id) {
        Integer before = destroyed.putIfAbsent(id, steps.size());
        if (before != null) {
            violations.add(new Divergence(
                    Divergence.Kind.TWICE,
                    "object " + id + " is destroyed again " + moment(steps.size()) + ", after it was "
                            + moment(before)));
        }
    }

    int count() {
        return steps.size();
    }

    List<Integer> steps() {
        return List.copyOf(steps);
    }

    int made() {
        return ids.get();
    }

    List<String> trace() {
        return trace;
    }

    Map<Integer, Integer> destroyed() {
        return new TreeMap<>(destroyed);
    }

    List<Divergence> violations() {
        return List.copyOf(violations);
    }

    List<Integer> left() {
        return List.copyOf(left);
    }

    /** The time between two executed steps in words, by how many were executed. */
    String moment(int count) {
        return "after " + (count == 0 ? "the start" : "step " + steps.get(count - 1)) + " and before "
                + (count < steps.size() ? "step " + steps.get(count) : "the end") + " (" + count + " steps executed)";
    }
}
