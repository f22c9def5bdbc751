// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which event of a life that ended well gave back what which event took, as far as counting alone shows it.
 *
 * <p>A reference that a method takes and gives back is that method's; then the same for classes; and what is left is a pair
 * if it is one taken and one given back. Where a method or class took at several places, nothing is said of it.
 */
final class Pairs {
    /** One taken reference and what gave it back. */
    record Pair(Life.Event taken, Life.Event given) {}

    private final List<Life.Event> left;
    private final List<Pair> pairs = new ArrayList<>();

    private Pairs(List<Life.Event> events) {
        left = new ArrayList<>(events);
    }

    static List<Pair> of(List<Life.Event> events) {
        return paired(events).pairs;
    }

    /** Of a life that has not ended: a reference that nothing gave back, if all that may be it were taken in one way. */
    static Optional<Life.Event> open(List<Life.Event> events) {
        List<Life.Event> taken =
                paired(events).left.stream().filter(event -> event.change() > 0).toList();
        boolean oneWay = taken.stream().map(Life.Event::frames).distinct().count() == 1;
        return oneWay ? Optional.of(taken.get(0)) : Optional.empty();
    }

    private static Pairs paired(List<Life.Event> events) {
        Pairs pairs = new Pairs(events);
        pairs.pair(event -> "all", true);
        pairs.pair(Life.Event::method, false);
        pairs.pair(Life.Event::className, false);
        pairs.pair(event -> "all", true);
        return pairs;
    }

    /** @param single whether there must be no more than one, since what they have in common says nothing */
    private void pair(Function<Life.Event, String> holder, boolean single) {
        Map<String, List<Life.Event>> groups = new LinkedHashMap<>();
        left.forEach(event -> groups.computeIfAbsent(holder.apply(event), k -> new ArrayList<>())
                .add(event));
        for (List<Life.Event> group : groups.values()) {
            List<Life.Event> taken =
                    group.stream().filter(event -> event.change() > 0).toList();
            List<Life.Event> given =
                    group.stream().filter(event -> event.change() < 0).toList();
            boolean onePlace = taken.stream().map(Life.Event::frames).distinct().count() == 1;
            if (taken.size() == given.size() && onePlace && (!single || taken.size() == 1)) {
                for (int i = 0; i < taken.size(); i++) {
                    pairs.add(new Pair(taken.get(i), given.get(i)));
                }
                group.forEach(this::remove);
            }
        }
    }

    /** An event of several references stands in the list as often. */
    private void remove(Life.Event event) {
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).equals(event)) {
                left.remove(i);
                return;
            }
        }
    }
}
