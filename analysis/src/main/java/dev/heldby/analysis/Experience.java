// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.Example;
import dev.heldby.snapshot.Healthy.FinalPut;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Op;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the objects that ended well in several runs teach together. Without state; any thread.
 *
 * <p>Bounded as the recorder's own memory of one run is: for each birth the most usual places of the last put and ways to live,
 * and of the births those with the most objects.
 */
public final class Experience {
    private static final int MOST_BIRTHS = 20_000;
    private static final int MOST_PLACES = 64;
    private static final int MOST_EXAMPLES = 64;

    private record Birth(String rule, List<StackTraceElement> stack) {}

    private record Step(Op op, List<StackTraceElement> stack) {}

    private Experience() {}

    /** The lives of both, counted together. */
    public static List<Healthy> together(List<Healthy> earlier, List<Healthy> later) {
        Map<Birth, Healthy> births = new LinkedHashMap<>();
        Stream.concat(later.stream(), earlier.stream())
                .forEach(each -> births.merge(new Birth(each.rule(), each.birth()), each, Experience::together));
        return births.values().stream()
                .sorted(Comparator.comparingLong(Healthy::count).reversed())
                .limit(MOST_BIRTHS)
                .toList();
    }

    private static Healthy together(Healthy later, Healthy earlier) {
        Map<List<StackTraceElement>, Long> counts = new LinkedHashMap<>();
        Stream.concat(later.finalPuts().stream(), earlier.finalPuts().stream())
                .forEach(put -> counts.merge(put.stack(), put.count(), Long::sum));
        List<FinalPut> puts = counts.entrySet().stream()
                .map(entry -> new FinalPut(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(FinalPut::count).reversed())
                .limit(MOST_PLACES)
                .toList();
        return new Healthy(
                later.rule(), later.birth(), later.count() + earlier.count(), puts, examples(later, earlier));
    }

    /** The most usual ways; one that both knew is counted together if its example is the same. */
    private static List<Example> examples(Healthy later, Healthy earlier) {
        Map<List<Step>, Example> ways = new LinkedHashMap<>();
        Stream.concat(later.examples().stream(), earlier.examples().stream())
                .forEach(example -> ways.merge(steps(example.history()), example, Experience::together));
        return ways.values().stream()
                .sorted(Comparator.comparingLong(Example::count).reversed())
                .limit(MOST_EXAMPLES)
                .toList();
    }

    private static Example together(Example one, Example other) {
        return new Example(one.history(), one.count() + other.count());
    }

    private static List<Step> steps(History history) {
        return history.events().stream()
                .filter(event -> event.op() != Op.USE)
                .map(event -> new Step(event.op(), event.stack()))
                .sorted(Comparator.comparing(Step::op)
                        .thenComparingInt(step -> step.stack().hashCode()))
                .toList();
    }
}
