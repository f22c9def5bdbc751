// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.memory.Memory.Region;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneViewTest {
    private static List<Region> seen(String maps) {
        List<Region> seen = new ArrayList<>();
        OneView view = new OneView();
        Mapping.parseAll(maps).forEach(mapping -> view.unseen(mapping, seen::add));
        return seen;
    }

    @Test
    void should_show_each_part_once_when_a_heap_is_mapped_three_times() {
        assertThat(seen("""
                        40000000000-40000004000 rw-s 00000000 00:01 7 /memfd:java_heap (deleted)
                        80000000000-80000004000 rw-s 00000000 00:01 7 /memfd:java_heap (deleted)
                        100000000000-100000004000 rw-s 00000000 00:01 7 /memfd:java_heap (deleted)
                        """)).containsExactly(new Region(0x40000000000L, 0x40000004000L));
    }

    @Test
    void should_show_only_the_rest_when_views_overlap() {
        assertThat(seen("""
                        10000-12000 rw-s 00002000 00:01 7 /memfd:a (deleted)
                        20000-28000 rw-s 00000000 00:01 7 /memfd:a (deleted)
                        """))
                .containsExactly(
                        new Region(0x10000, 0x12000), new Region(0x20000, 0x22000), new Region(0x24000, 0x28000));
    }

    @Test
    void should_show_both_when_files_differ_or_mappings_are_private() {
        assertThat(seen("""
                        10000-11000 rw-s 00000000 00:01 7 /memfd:a (deleted)
                        20000-21000 rw-s 00000000 00:01 8 /memfd:a (deleted)
                        30000-31000 rw-p 00000000 00:01 7 /memfd:a (deleted)
                        40000-41000 rw-p 00000000 00:00 0
                        50000-51000 rw-p 00000000 00:00 0
                        """)).hasSize(5);
    }
}
