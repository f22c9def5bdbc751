// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Suspicions with the same program frames: one act of the program, which may have made several objects one inside the
 * other. The outermost is what the program owns; the others go when it goes.
 *
 * @param owners of the outermost objects
 * @param inner how many of each other type there are
 */
record Fold(List<Suspicion> owners, Map<String, Long> inner) {
    /** What was made owns what was merely taken in making it; then the fewer calls within the site, the further out. */
    private static final Comparator<Suspicion> OUTERMOST = Comparator.<Suspicion>comparingInt(
                    s -> s.operation() == Op.BORN ? 0 : 1)
            .thenComparingInt(Suspicion::framesWithin);

    static Fold of(List<Suspicion> alike) {
        Suspicion outermost = alike.stream().min(OUTERMOST).orElseThrow();
        List<Suspicion> owners = new ArrayList<>();
        List<Suspicion> others = new ArrayList<>();
        for (Suspicion suspicion : alike) {
            boolean owner = OUTERMOST.compare(suspicion, outermost) == 0
                    || suspicion.operation() == outermost.operation()
                            && suspicion
                                    .observation()
                                    .type()
                                    .equals(outermost.observation().type());
            (owner ? owners : others).add(suspicion);
        }
        return new Fold(List.copyOf(owners), inner(others));
    }

    private static Map<String, Long> inner(List<Suspicion> others) {
        Map<String, List<Suspicion>> byType = others.stream()
                .collect(Collectors.groupingBy(s -> s.observation().type(), TreeMap::new, Collectors.toList()));
        Map<String, Long> inner = new TreeMap<>();
        byType.forEach(
                (type, suspicions) -> inner.put(type, Tally.of(suspicions).count()));
        return inner;
    }

    Suspicion first() {
        return owners.get(0);
    }
}
