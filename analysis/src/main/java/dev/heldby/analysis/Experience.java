// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Healthy.FinalPut;
import dev.heldby.snapshot.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the objects that ended well in several runs teach together. Without state; any thread.
 *
 * <p>Bounded as the recorder's own memory of one run is: for each birth the most usual places of the last put and a few examples,
 * and of the births those with the most objects.
 */
public final class Experience {
    private static final int MOST_BIRTHS = 20_000;
    private static final int MOST_PLACES = 16;
    private static final int MOST_EXAMPLES = 8;

    private record Birth(String rule, List<StackTraceElement> stack) {}

    private Experience() {}

    /** The lives of both, counted together; of the examples the later ones first. */
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

    /** In turns, so that neither run crowds out the other. */
    private static List<History> examples(Healthy later, Healthy earlier) {
        List<History> examples = new ArrayList<>();
        for (int i = 0; i < MOST_EXAMPLES; i++) {
            addTo(examples, later.examples(), i);
            addTo(examples, earlier.examples(), i);
        }
        return List.copyOf(examples);
    }

    private static void addTo(List<History> examples, List<History> histories, int index) {
        if (index < histories.size() && examples.size() < MOST_EXAMPLES) {
            examples.add(histories.get(index));
        }
    }
}
