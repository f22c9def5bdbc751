// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.memory.Memory.Region;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThreadStacksTest {
    private static final int SELF = 1;
    private static final int WAITS = 2;
    private static final int RUNS = 3;
    private static final StackPointers POINTERS =
            new StackPointers(SELF, Map.of(SELF, 0x1800L, WAITS, 0x2800L, RUNS, 0L));
    private static final Map<Integer, Region> STACKS = Map.of(
            SELF, new Region(0x1000, 0x2000), WAITS, new Region(0x2000, 0x3000), RUNS, new Region(0x3000, 0x4000));

    @Test
    void should_leave_out_the_own_and_what_is_below_the_pointers_when_stacks_are_wanted() {
        assertThat(ThreadStacks.leftOut(POINTERS, STACKS, List.of(), true))
                .containsExactly(new Region(0x1000, 0x2000), new Region(0x2000, 0x2780));
    }

    @Test
    void should_leave_out_all_of_them_when_stacks_are_not_wanted() {
        assertThat(ThreadStacks.leftOut(POINTERS, STACKS, Mapping.parseAll("5000-6000 rw-p 0 00:00 0 [stack]"), false))
                .containsExactly(
                        new Region(0x1000, 0x2000),
                        new Region(0x2000, 0x3000),
                        new Region(0x3000, 0x4000),
                        new Region(0x5000, 0x6000));
    }

    @Test
    void should_leave_out_nothing_when_the_pointer_is_in_another_place() {
        StackPointers elsewhere = new StackPointers(SELF, Map.of(WAITS, 0x9000L));

        assertThat(ThreadStacks.leftOut(elsewhere, Map.of(WAITS, new Region(0x2000, 0x3000)), List.of(), true))
                .isEmpty();
    }
}
