// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.memory.Memory.Region;
import org.junit.jupiter.api.Test;

class RegionTest {
    @Test
    void should_tell_its_bounds_and_its_size_when_asked() {
        Region region = new Region(0x1000, 0x3000);

        assertThat(region.start()).isEqualTo(0x1000);
        assertThat(region.end()).isEqualTo(0x3000);
        assertThat(region.size()).isEqualTo(0x2000);
        assertThat(region).isEqualTo(new Region(0x1000, 0x3000)).hasToString("1000-3000");
    }

    @Test
    void should_refuse_when_it_ends_before_its_start() {
        assertThatThrownBy(() -> new Region(0x2000, 0x1000))
                .hasMessage("There is no memory from 0x2000 to 0x1000: a region ends at or after its start,"
                        + " and neither is negative.");
    }
}
