// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.RuleTraits;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.function.Consumer;

/** Lifecycles to put into what is tested. */
final class Lifecycles {
    private static final CountedKind KIND = new CountedKind(
            0, new FollowedRule(new RuleTraits("toys", "", List.of(), List.of()), Level.COUNT), null, End.TOLD);
    private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();
    private static final Object OBJECT = new Object();

    private Lifecycles() {}

    static Lifecycle lifecycle() {
        return lifecycle(OBJECT);
    }

    static Lifecycle lifecycle(Object object) {
        return new Lifecycle(object, KIND, COLLECTED);
    }

    /** How often it is visited. */
    static int visits(Consumer<Consumer<Lifecycle>> forEach, Lifecycle wanted) {
        int[] visits = {0};
        forEach.accept(visited -> visits[0] += visited == wanted ? 1 : 0);
        return visits[0];
    }
}
