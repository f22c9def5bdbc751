// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Healthy.Example;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.List;
import java.util.function.Function;

/** Compares a leaked history with healthy ones of the same birth, event by event. States only what both recorded. */
final class Divergences {
    private Divergences() {}

    /** What the healthy object that began most like the leaked one did next; null if none began like it. */
    static Finding.Divergence find(
            Observation leak, List<Example> examples, Sites sites, Function<History, List<Finding.Step>> steps) {
        History leaked = leak.example();
        int longest = 0;
        Example closest = null;
        Site next = null;
        for (Example example : examples) {
            List<Event> healthy = changes(example.history());
            int alike = alike(changes(leaked), healthy, sites);
            boolean goesOn = alike < healthy.size();
            if (alike > longest && goesOn && !healthy.get(alike).stack().isEmpty()) {
                longest = alike;
                closest = example;
                next = sites.stack(healthy.get(alike).stack()).siteAgainst(stacks(example.history(), sites));
            }
        }
        Stack last = sites.stack(lastStack(leaked.events()));
        boolean gaps =
                !leaked.isWhole() || !examples.stream().map(Example::history).allMatch(History::isWhole);
        return next == null || last.isEmpty() || gaps
                ? null
                : new Finding.Divergence(
                        next,
                        last.siteAgainst(stacks(leaked, sites)),
                        steps.apply(closest.history()),
                        closest.count(),
                        leak.count());
    }

    /** Uses were not looked at in every life. */
    private static List<Event> changes(History history) {
        return history.events().stream().filter(event -> event.op() != Op.USE).toList();
    }

    private static List<Stack> stacks(History history, Sites sites) {
        return history.events().stream()
                .map(event -> sites.stack(event.stack()))
                .toList();
    }

    private static List<StackTraceElement> lastStack(List<Event> events) {
        return events.isEmpty() ? List.of() : events.get(events.size() - 1).stack();
    }

    private static int alike(List<Event> leaked, List<Event> healthy, Sites sites) {
        int alike = 0;
        while (alike < leaked.size()
                && alike < healthy.size()
                && leaked.get(alike).op() == healthy.get(alike).op()
                && sites.stack(leaked.get(alike).stack())
                        .sameProgram(sites.stack(healthy.get(alike).stack()))) {
            alike++;
        }
        return alike;
    }
}
