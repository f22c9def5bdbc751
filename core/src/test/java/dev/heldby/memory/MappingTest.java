// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.memory.Memory.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingTest {
    private static final String MAPS = """
            c0000000-d0000000 rw-p 00000000 00:00 0\s
            800000000-800bd4000 rw-p 00001000 fe:00 1234                             /opt/jdk/lib/server/classes.jsa
            55d1c0a5e000-55d1c0a7f000 rw-p 00000000 00:00 0                          [heap]
            7f3b10000000-7f3b10270000 rwxp 00000000 00:00 0\s
            7f3b20000000-7f3b20021000 rw-p 00000000 00:00 0                          [anon: glibc: malloc]
            7f3b20021000-7f3b24000000 ---p 00000000 00:00 0\s
            7f3b30000000-7f3b30100000 rw-s 00200000 00:01 1043                       /memfd:java_heap (deleted)
            7f3b31000000-7f3b31008000 rw-s 00000000 fe:00 77                         /tmp/hsperfdata_me/4711
            7f3b32000000-7f3b32001000 rw-s 00000000 00:05 12                         /dev/dri/card0
            7f3b33000000-7f3b33001000 rw-p 00000000 00:05 13                         /dev/nvidia0
            7f3b34000000-7f3b34001000 rw-s 00000000 00:01 99                         /dev/zero (deleted)
            7f3b35000000-7f3b35001000 rw-s 00000000 fe:00 78                         /data/an index (deleted)
            7f3b36000000-7f3b36001000 r--p 00000000 fe:00 79                         /lib/a folder with blanks/lib x.so
            7f3b36001000-7f3b36002000 rw-p 00001000 fe:00 79                         /lib/a folder with blanks/lib x.so
            7ffc0b5e3000-7ffc0b605000 rw-p 00000000 00:00 0                          [stack]
            7ffc0b7a1000-7ffc0b7a5000 r--p 00000000 00:00 0                          [vvar]
            7ffc0b7a5000-7ffc0b7a7000 r-xp 00000000 00:00 0                          [vdso]
            ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
            """;

    @Test
    void should_keep_what_a_program_can_write_when_it_is_memory() {
        assertThat(Mapping.parseAll(MAPS))
                .filteredOn(Mapping::mayHoldReferences)
                .extracting(Mapping::name)
                .containsExactly(
                        "",
                        "/opt/jdk/lib/server/classes.jsa",
                        "[heap]",
                        "",
                        "[anon: glibc: malloc]",
                        "/memfd:java_heap (deleted)",
                        "/dev/zero (deleted)",
                        "/data/an index (deleted)",
                        "/lib/a folder with blanks/lib x.so",
                        "[stack]");
    }

    @Test
    void should_tell_the_range_the_offset_and_the_file_when_a_line_has_them() {
        Mapping heap = Mapping.parseAll(MAPS).get(6);

        assertThat(heap.where()).isEqualTo(new Region(0x7f3b30000000L, 0x7f3b30100000L));
        assertThat(heap.offset()).isEqualTo(0x200000);
        assertThat(heap.file()).isEqualTo("00:01 1043");
        assertThat(heap.isShared()).isTrue();
        assertThat(heap.hasFile()).isTrue();
    }

    @Test
    void should_know_the_main_stack_and_memory_without_a_file_when_the_line_says_so() {
        List<Mapping> mappings = Mapping.parseAll(MAPS);

        assertThat(mappings).filteredOn(Mapping::isMainStack).hasSize(1);
        assertThat(mappings.get(0).hasFile()).isFalse();
    }

    @Test
    void should_cut_what_overlaps_when_the_text_changed_while_it_was_read() {
        List<Mapping> mappings = Mapping.parseAll("""
                1000-3000 rw-p 00000000 00:00 0
                2000-5000 rw-s 00000000 00:01 7 /memfd:a (deleted)
                2000-4000 rw-p 00000000 00:00 0
                """);

        assertThat(mappings)
                .extracting(Mapping::where)
                .containsExactly(new Region(0x1000, 0x3000), new Region(0x3000, 0x5000));
        assertThat(mappings.get(1).offset()).isEqualTo(0x1000);
    }

    @Test
    void should_name_the_line_when_it_is_none_of_that_file() {
        assertThatThrownBy(() -> Mapping.parseAll("nonsense"))
                .hasMessage("The line 'nonsense' is none of /proc/self/maps.");
    }
}
