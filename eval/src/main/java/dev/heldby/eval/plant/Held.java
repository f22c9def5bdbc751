// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The objects whose release was left out. At the end each is given the release that it lacks: only if that changes its
 * state did the defect have an effect. Not for threads; the caller takes turns.
 */
final class Held {
    private final Set<Object> objects = Collections.newSetFromMap(new IdentityHashMap<>());

    void keep(Object object) {
        objects.add(object);
    }

    /**
     * How many are kept, how many of them still have the reference that was not given back, and how many cannot be
     * asked. Of those the lives tell that were never given back to the end.
     */
    List<String> lines() {
        long unended = Census.unended();
        long open = objects.stream().filter(State::takesARelease).count();
        long mute = objects.stream().filter(object -> !State.canBeAsked(object)).count();
        return List.of("held\t" + objects.size(), "open\t" + open, "mute\t" + mute, "unended\t" + unended);
    }
}
