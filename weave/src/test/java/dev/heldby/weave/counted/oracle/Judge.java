// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a run with what is expected of it. */
final class Judge {
    private final Interpreter.Expected expected;
    private final Run run;
    private final Map<Integer, Integer> destroyed;

    private Judge(Interpreter.Expected expected, Run run) {
        this.expected = expected;
        this.run = run;
        this.destroyed = run.destroyed();
    }

    /** All divergences; only that of the behaviour if the run took another way. */
    static List<Divergence> judge(Interpreter.Expected expected, Run run) {
        Judge judge = new Judge(expected, run);
        List<Divergence> all = new ArrayList<>(run.violations());
        Divergence other = behaviour(expected.run().trace(), run.trace());
        if (other != null) {
            all.add(other);
            return all;
        }
        expected.fates().forEach((id, fate) -> {
            Divergence divergence = judge.object(id, fate);
            if (divergence != null) {
                all.add(divergence);
            }
        });
        return all;
    }

    /** Of a race: what the program found left goes after step 2, all else went before step 1. */
    static List<Divergence> race(Run run) {
        Judge judge = new Judge(new Interpreter.Expected(run, Map.of()), run);
        List<Divergence> all = new ArrayList<>(run.violations());
        Set<Integer> left = new HashSet<>(run.left());
        for (int id = 0; id < run.made(); id++) {
            int when = left.contains(id) ? 2 : 0;
            Divergence divergence = judge.object(id, new Fate("N", Fate.End.DESTROYED, when, when));
            if (divergence != null) {
                all.add(divergence);
            }
        }
        return all;
    }

    /** The first difference between the traces. */
    static @Nullable Divergence behaviour(List<String> expected, List<String> actual) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String one = i < expected.size() ? expected.get(i) : "nothing more";
            String other = i < actual.size() ? actual.get(i) : "nothing more";
            if (!one.equals(other)) {
                return new Divergence(
                        Divergence.Kind.BEHAVIOUR,
                        "event " + i + " of the run is expected to be \"" + one + "\", but was \"" + other + "\"");
            }
        }
        return null;
    }

    private @Nullable Divergence object(int id, Fate fate) {
        Integer at = destroyed.get(id);
        String object = "object " + id + " (" + fate.type() + ") ";
        if (fate.end() != Fate.End.DESTROYED) {
            return at == null
                    ? null
                    : new Divergence(
                            Divergence.Kind.EARLY, object + "is destroyed " + run.moment(at) + ", but " + never(fate));
        }
        String when = object + "is expected to be destroyed " + run.moment(fate.earliest())
                + (fate.latest() > fate.earliest() ? ", or until " + run.moment(fate.latest()) : "");
        if (at == null) {
            return new Divergence(Divergence.Kind.LEAKED, when + ", but never was");
        }
        if (at < fate.earliest()) {
            return new Divergence(Divergence.Kind.EARLY, when + ", but was " + run.moment(at));
        }
        return at > fate.latest() ? new Divergence(Divergence.Kind.LATE, when + ", but was " + run.moment(at)) : null;
    }

    private static String never(Fate fate) {
        return switch (fate.end()) {
            case ALIVE -> "a static field leads to it at the end";
            case CYCLE -> "a cycle of references holds it";
            case UNFINISHED -> "its constructor threw";
            case DESTROYED -> throw new AssertionError(fate);
        };
    }
}
