// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** The exceptions that said that no reference was left. Threads take turns. */
public final class Refusals {
    private static final int MOST_KEPT = 200;
    private static final List<List<StackTraceElement>> FIRST = new ArrayList<>();

    private static long count;
    private static WeakReference<Throwable> last = new WeakReference<>(null);

    private Refusals() {}

    /** Called by the constructors, and by every put and get that the exception passes. */
    public static synchronized void made(Throwable refusal) {
        if (last.refersTo(refusal)) {
            return;
        }
        last = new WeakReference<>(refusal);
        count++;
        if (FIRST.size() < MOST_KEPT) {
            FIRST.add(Program.frames(refusal));
        }
    }

    static synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("refused\t" + count);
        FIRST.stream().map(Program::text).distinct().forEach(text -> lines.add("refusal\t" + text));
        return lines;
    }
}
