// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The methods of a library by which programs give back, whatever they are called, as the recorded puts show them: the
 * outermost plumbing, such as {@code SearcherManager.release} around {@code IndexReader.decRef}. One by which as much is taken or more, such as an
 * allocation that gives back what it made room for in vain, is none of them. Without state; any thread.
 */
final class Helpers {
    /** A method by which fewer of a hundred puts were made releases by the way. */
    private static final int LEAST_PERCENT = 1;

    private Helpers() {}

    /** Their names, by rule. */
    static Map<String, Set<String>> names(
            List<RuleTraits> rules, List<Observation> observations, List<Healthy> healthy) {
        Map<String, Set<String>> names = new HashMap<>();
        for (RuleTraits rule : rules) {
            Stream<Event> observed = observations.stream()
                    .filter(one -> one.rule().equals(rule.name()))
                    .flatMap(one -> one.example().events().stream());
            Stream<Event> usual = healthy.stream()
                    .filter(one -> one.rule().equals(rule.name()))
                    .flatMap(one -> one.examples().stream())
                    .flatMap(example -> example.history().events().stream());
            names.put(rule.name(), names(rule, Stream.concat(observed, usual)));
        }
        return names;
    }

    private static Set<String> names(RuleTraits rule, Stream<Event> events) {
        List<Event> all = events.toList();
        Map<String, Long> given = counts(rule, all, Set.of(Op.PUT));
        Map<String, Long> taken = counts(rule, all, Set.of(Op.BORN, Op.GET));
        long puts = given.values().stream().mapToLong(Long::longValue).sum();
        return given.entrySet().stream()
                .filter(entry -> 100 * entry.getValue() >= LEAST_PERCENT * puts)
                .filter(entry -> entry.getValue() > taken.getOrDefault(entry.getKey(), 0L))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Map<String, Long> counts(RuleTraits rule, List<Event> events, Set<Op> ops) {
        return events.stream()
                .filter(event -> ops.contains(event.op()))
                .map(event -> outermostPlumbing(rule, event.stack()))
                .filter(name -> !name.isEmpty() && name.indexOf('<') < 0 && name.indexOf('$') < 0)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    }

    /**
     * Empty where there is none, or nothing of the program around it, or where it is the JDK's: hardly a method of that is there to
     * give back, and many do so by the way.
     */
    private static String outermostPlumbing(RuleTraits rule, List<StackTraceElement> stack) {
        int frames = 0;
        while (frames < stack.size() && carriesOut(rule, stack.get(frames).getClassName())) {
            frames++;
        }
        boolean entered = frames > 0
                && frames < stack.size()
                && !RuleTraits.isJdk(stack.get(frames - 1).getClassName());
        return entered ? stack.get(frames - 1).getMethodName() : "";
    }

    private static boolean carriesOut(RuleTraits rule, String className) {
        return rule.isPlumbing(className) || RuleTraits.isJdk(className);
    }
}
