// SPDX-License-Identifier: Apache-2.0
package dev.heldby.library;

import java.util.function.Supplier;
import org.openjdk.jol.info.GraphLayout;

/** By how many bytes a graph of objects grows. */
public final class Growth {
    /** So that the layout of records can be seen as well. */
    public static final String OPTION = "-Djol.magicFieldOffset=true";

    private static final int TIMES = 10_000;

    private Growth() {}

    /**
     * Prints what each of ten thousand steps adds to what the root reaches, when as many were done before. What is there once
     * cancels out; so that nothing of other tests comes and goes meanwhile, only to be called in a JVM of its own.
     *
     * @param step returns the object that it adds and that is not to count, of the same size each time; or null
     */
    public static void print(Object root, Supplier<?> step) {
        long before = reached(root, step);
        long after = reached(root, step);
        Object last = step.get();
        long notCounted = last == null ? 0 : GraphLayout.parseInstance(last).totalSize();
        System.out.println("\n" + ((after - before) / (double) TIMES - notCounted));
    }

    private static long reached(Object root, Supplier<?> step) {
        for (int i = 0; i < TIMES; i++) {
            step.get();
        }
        return GraphLayout.parseInstance(root).totalSize();
    }

    /** What {@link #print} printed. */
    public static double of(String output) {
        return Double.parseDouble(output.lines().reduce((first, last) -> last).orElseThrow());
    }
}
