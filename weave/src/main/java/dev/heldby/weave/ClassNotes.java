// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is to say of one class's weaving: which probes it got, and which lines of a rule do not fit it. */
final class ClassNotes {
    private final String className;
    private final List<String> probes = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    /** @param className with slashes */
    ClassNotes(String className) {
        this.className = className.replace('/', '.');
    }

    void probe(String method, Enum<?> word, Rule rule, int line) {
        probes.add(className + "." + method + ": " + word.name().toLowerCase(Locale.ROOT) + " (" + rule.source()
                + " line " + line + ")");
    }

    void trouble(String method, String trouble, Rule rule, int line) {
        troubles.add(
                rule.source() + " line " + line + " does not fit " + className + "." + method + ": " + trouble + ".");
    }

    List<String> probes() {
        return List.copyOf(probes);
    }

    List<String> troubles() {
        return List.copyOf(troubles);
    }
}
