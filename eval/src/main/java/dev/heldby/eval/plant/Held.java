// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * asked; of those all lives tell that were never given back to the end. Then what is open, as far as counting shows it.
     */
    List<String> lines() {
        long unended = Census.unended();
        long mute = objects.stream().filter(object -> !State.canBeAsked(object)).count();
        Map<List<StackTraceElement>, Integer> unreturned = new HashMap<>();
        long open =
                objects.stream().filter(object -> isOpen(object, unreturned)).count();
        List<String> lines = new ArrayList<>(
                List.of("held\t" + objects.size(), "open\t" + open, "mute\t" + mute, "unended\t" + unended));
        if (open == 0) {
            lines.addAll(Census.openLines());
        }
        unreturned.forEach((frames, count) -> lines.add("unreturned\t" + count + "\t" + Program.text(frames)));
        return lines;
    }

    private static boolean isOpen(Object object, Map<List<StackTraceElement>, Integer> unreturned) {
        Optional<Life.Event> taken = Census.openOf(object);
        boolean open = State.takesARelease(object);
        if (open) {
            taken.ifPresent(event -> unreturned.merge(event.frames(), 1, Integer::sum));
        }
        return open;
    }
}
