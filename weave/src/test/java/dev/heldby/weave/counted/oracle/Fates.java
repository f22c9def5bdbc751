// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is expected of a program's objects, as a line of text. */
final class Fates {
    private Fates() {}

    /** The last step before each object has to go, with which time if it was not the first, or what else becomes of it. */
    static String text(Interpreter.Expected expected) {
        List<String> all = new ArrayList<>();
        expected.fates().values().forEach(fate -> all.add(text(fate, expected.run())));
        return String.join(", ", all);
    }

    private static String text(Fate fate, Run run) {
        if (fate.end() != Fate.End.DESTROYED) {
            return fate.end().name().toLowerCase(Locale.ROOT);
        }
        Set<String> moments = new LinkedHashSet<>();
        for (int count = fate.earliest(); count <= fate.latest(); count++) {
            moments.add(step(run.steps().subList(0, count)));
        }
        return String.join(" or ", moments);
    }

    private static String step(List<Integer> executed) {
        if (executed.isEmpty()) {
            return "start";
        }
        Integer last = executed.get(executed.size() - 1);
        int times = Collections.frequency(executed, last);
        return times == 1 ? last.toString() : last + " (" + times + ")";
    }
}
