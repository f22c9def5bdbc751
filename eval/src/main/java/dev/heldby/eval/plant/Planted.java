// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the spoilt call asks: whether this execution is one of those to spoil. Threads take turns. */
public final class Planted {
    private static Order.Plant plant;
    private static SplittableRandom choice;
    private static Held held;
    private static long reached;
    private static long spoilt;
    private static long firstAt;

    private Planted() {}

    /** @param holding null unless the objects are to be kept */
    static synchronized void begin(Order.Plant wanted, Held holding) {
        plant = wanted;
        choice = new SplittableRandom(wanted.seed());
        held = holding;
    }

    /** Whether to leave the call out. */
    public static boolean skip(Object object) {
        return spoils(object);
    }

    /** Whether to make the call once more. */
    public static boolean again(Object object) {
        return spoils(object);
    }

    /** Whether to release now, before the use. */
    public static boolean early(Object object) {
        return spoils(object);
    }

    private static synchronized boolean spoils(Object object) {
        if (!Program.isCounted(object)) {
            return false;
        }
        reached++;
        if (choice.nextDouble() >= plant.rate()) {
            return false;
        }
        if (spoilt++ == 0) {
            firstAt = System.currentTimeMillis();
        }
        if (held != null && plant.kind() == Kind.SKIP) {
            held.keep(object);
        }
        return true;
    }

    static synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("reached\t" + reached);
        lines.add("spoilt\t" + spoilt);
        lines.add("firstAt\t" + firstAt);
        if (held != null) {
            lines.addAll(held.lines());
        }
        return lines;
    }
}
