// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The lives of all counted objects, kept while they last, and the pairs that the ended ones show. Any thread. */
final class Lives {
    private final Map<Identity, Life> running = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private final Map<Shape, LongAdder> shapes = new ConcurrentHashMap<>();
    private final LongAdder unpaired = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final Map<List<StackTraceElement>, LongAdder> open = new ConcurrentHashMap<>();

    /** What pairs have in common. */
    private record Shape(
            String given, String taken, List<StackTraceElement> takenAt, List<StackTraceElement> givenAt) {}

    private static final class Identity extends WeakReference<Object> {
        private final int hash;

        Identity(Object object, ReferenceQueue<Object> queue) {
            super(object, queue);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            Object mine = get();
            return this == other || mine != null && other instanceof Identity identity && identity.refersTo(mine);
        }
    }

    void born(Object object, Life.Event birth) {
        Life life = new Life();
        life.add(birth);
        running.put(new Identity(object, collected), life);
        for (Object gone = collected.poll(); gone != null; gone = collected.poll()) {
            Life lostLife = running.remove(gone);
            if (lostLife != null) {
                lost.increment();
                Pairs.open(lostLife.events()).ifPresent(this::leftOpen);
            }
        }
    }

    /** Whether the life is known. */
    boolean add(Object object, Life.Event event) {
        Identity key = new Identity(object, null);
        Life life = running.get(key);
        if (life == null) {
            return false;
        }
        if (life.add(event)) {
            running.remove(key, life);
            ended(life.events());
        }
        return true;
    }

    private void ended(List<Life.Event> events) {
        List<Pairs.Pair> pairs = Pairs.of(events);
        unpaired.add(events.size() / 2 - pairs.size());
        for (Pairs.Pair pair : pairs) {
            Shape shape = new Shape(
                    String.valueOf(pair.given().site()),
                    String.valueOf(pair.taken().site()),
                    pair.taken().frames(),
                    pair.given().frames());
            shapes.computeIfAbsent(shape, k -> new LongAdder()).increment();
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        shapes.forEach((shape, count) -> lines.add(String.join(
                "\t",
                "pair",
                Long.toString(count.sum()),
                shape.given(),
                shape.taken(),
                Program.text(shape.takenAt()),
                Program.text(shape.givenAt()))));
        lines.add("unpaired\t" + unpaired.sum());
        lines.add("unended\t" + unended());
        return lines;
    }

    private void leftOpen(Life.Event taken) {
        open.computeIfAbsent(taken.frames(), k -> new LongAdder()).increment();
    }

    /** The reference that this object still has, if counting shows which it is. */
    Optional<Life.Event> openOf(Object object) {
        Life life = running.get(new Identity(object, null));
        return life == null ? Optional.empty() : Pairs.open(life.events());
    }

    /** One line for each place whose references are still open at the end, or were when their objects were collected. */
    List<String> openLines() {
        running.values().forEach(life -> Pairs.open(life.events()).ifPresent(this::leftOpen));
        running.clear();
        List<String> lines = new ArrayList<>();
        open.forEach((frames, count) -> lines.add("unreturned\t" + count.sum() + "\t" + Program.text(frames)));
        return lines;
    }

    /** Lives that were never given back to the end: of objects that are still there, or that were collected so. */
    long unended() {
        return lost.sum() + running.size();
    }
}
