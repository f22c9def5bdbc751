// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Behaviour;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackHandleTest {

    @Test
    @Behaviour("SD-10")
    void should_mean_the_same_stack_when_it_carries_any_extra_bits() {
        List<String> complaints = new ArrayList<>();
        StackDepot depot = new StackDepot(10, complaints::add);
        depot.put(NumberedStacks.saveCounted(1, depot));
        int handle = NumberedStacks.saveCounted(2, depot);
        assertThat(StackHandle.extraBits(handle)).isZero();

        for (int bits = 0; bits < 1 << StackHandle.EXTRA_BITS; bits++) {
            int marked = StackHandle.withExtraBits(StackHandle.withExtraBits(handle, ~bits), bits);
            assertThat(StackHandle.extraBits(marked)).isEqualTo(bits);
            assertThat(StackHandle.withExtraBits(marked, 0)).isEqualTo(handle);
            assertThat(NumberedStacks.number(depot.frames(marked))).isEqualTo(2);
            assertThat(StackHandle.withExtraBits(0, bits)).isZero();
        }
        depot.put(StackHandle.withExtraBits(handle, 31));
        assertThat(depot.statistics().countedInUse()).isZero();
        assertThat(complaints).isEmpty();
    }

    @Test
    void should_keep_the_lowest_bits_only_when_there_are_too_many() {
        int marked = StackHandle.withExtraBits(7, 32 + 3);

        assertThat(StackHandle.extraBits(marked)).isEqualTo(3);
        assertThat(StackHandle.name(marked)).isEqualTo(7);
    }
}
