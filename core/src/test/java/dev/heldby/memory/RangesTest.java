// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.memory.Memory.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

class RangesTest {
    private static final List<Region> REGIONS = List.of(new Region(0x10, 0x20), new Region(0x30, 0x60));

    @Test
    void should_leave_all_when_nothing_is_taken_out() {
        assertThat(Ranges.without(REGIONS, List.of(new Region(0x20, 0x30)))).isEqualTo(REGIONS);
    }

    @Test
    void should_leave_the_ends_when_the_middle_is_taken_out() {
        assertThat(Ranges.without(REGIONS, List.of(new Region(0x38, 0x40), new Region(0x48, 0x50))))
                .containsExactly(
                        new Region(0x10, 0x20), new Region(0x30, 0x38), new Region(0x40, 0x48), new Region(0x50, 0x60));
    }

    @Test
    void should_cut_both_when_one_range_reaches_into_two() {
        assertThat(Ranges.without(REGIONS, List.of(new Region(0x18, 0x40))))
                .containsExactly(new Region(0x10, 0x18), new Region(0x40, 0x60));
    }

    @Test
    void should_leave_nothing_when_all_is_taken_out() {
        assertThat(Ranges.without(REGIONS, List.of(new Region(0, 0x100)))).isEmpty();
    }
}
