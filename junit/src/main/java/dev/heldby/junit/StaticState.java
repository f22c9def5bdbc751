// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tells what the program keeps in static fields, which lives as long as the process and would otherwise be blamed on the
 * test that happens to load its class first. The test class's own static fields are the test's to clean.
 */
final class StaticState {
    private final Set<String> testClasses;

    private StaticState(Set<String> testClasses) {
        this.testClasses = testClasses;
    }

    static StaticState of(ExtensionContext context) {
        Set<String> names = new HashSet<>();
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getSuperclass()) {
            names.add(type.getNestHost().getName());
        }
        return new StaticState(names);
    }

    /** Whether these objects were made by another class's static initializer and are still held. */
    boolean includes(Observation observation) {
        return observation.state() == Observation.State.HELD_AT_SCOPE_END
                && observation.example().events().stream()
                        .filter(event -> event.op() == Op.BORN)
                        .anyMatch(this::isInForeignInitializer);
    }

    private boolean isInForeignInitializer(Event birth) {
        return birth.stack().stream()
                .anyMatch(frame -> frame.getMethodName().equals("<clinit>")
                        && !testClasses.contains(outermostClass(frame.getClassName())));
    }

    private static String outermostClass(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}
