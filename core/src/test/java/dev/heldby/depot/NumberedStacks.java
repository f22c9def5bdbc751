// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import java.util.List;
import java.util.function.ToIntFunction;

/** Stacks for tests: one number is one stack, wherever the test saves it, and the same for each way to save. */
final class NumberedStacks {
    private NumberedStacks() {}

    static int save(int number, StackDepot depot) {
        return onOwnThread(number, depot, StackDepot::save);
    }

    static int saveCounted(int number, StackDepot depot) {
        return onOwnThread(number, depot, StackDepot::saveCounted);
    }

    private static int onOwnThread(int number, StackDepot depot, ToIntFunction<StackDepot> way) {
        int[] handle = {0};
        Thread thread = new Thread(() -> handle[0] = beneath(number, depot, way));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return handle[0];
    }

    /** Saves beneath so many frames more than the caller's. */
    static int beneath(int frames, StackDepot depot, ToIntFunction<StackDepot> way) {
        return frames == 0 ? way.applyAsInt(depot) : beneath(frames - 1, depot, way);
    }

    /** The number of the stack that has these frames; -1 for no frames. */
    static int number(List<StackTraceElement> frames) {
        int beneath = 0;
        while (beneath < frames.size() && frames.get(beneath).getMethodName().equals("beneath")) {
            beneath++;
        }
        return beneath - 1;
    }
}
