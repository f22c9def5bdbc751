// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import dev.heldby.memory.Memory.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a scan does not read of the threads' stacks: all of them if they are not wanted, otherwise what is below the stack pointers
 * of the threads that wait, where only dead frames are. The stack of the thread that asks is never read.
 *
 * <p>Leaving out too little hides a leak, leaving out too much invents one: a stack that is not known for sure is read.
 */
final class ThreadStacks {
    /** Below the stack pointer, where a function that calls no other may keep words. */
    private static final int RED_ZONE = 128;

    private final StackPointers pointers;
    private final boolean wanted;
    private final List<Region> leftOut = new ArrayList<>();

    private ThreadStacks(StackPointers pointers, boolean wanted) {
        this.pointers = pointers;
        this.wanted = wanted;
    }

    /** In order and without overlap. */
    static List<Region> leftOut(
            StackPointers pointers, Map<Integer, Region> stacks, List<Mapping> mappings, boolean wanted) {
        ThreadStacks threads = new ThreadStacks(pointers, wanted);
        stacks.forEach(threads::add);
        mappings.stream().filter(Mapping::isMainStack).forEach(main -> threads.add(mainThread(), main.where()));
        threads.leftOut.sort(Comparator.comparingLong(Region::start));
        return threads.leftOut;
    }

    private static int mainThread() {
        return (int) ProcessHandle.current().pid();
    }

    private void add(int thread, Region stack) {
        if (!wanted || thread == pointers.self()) {
            leftOut.add(stack);
            return;
        }
        long end = (pointers.byThread().getOrDefault(thread, 0L) - RED_ZONE) & -Long.BYTES;
        if (stack.start() < end && end < stack.end()) {
            leftOut.add(new Region(stack.start(), end));
        }
    }
}
