// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.memory.Memory.Region;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapRangesTest {
    private static final List<Region> WHOLE = List.of(new Region(0xf8000000L, 0x100000000L));

    @Test
    void should_take_what_g1_reserved() {
        assertThat(HeapRanges.of("""
                         garbage-first heap   total 131072K, used 14409K [0x00000000f8000000, 0x0000000100000000)
                          region size 1024K, 10 young (10240K), 2 survivors (2048K)
                         Metaspace       used 11863K, committed 12096K, reserved 1114112K
                        """, "")).isEqualTo(WHOLE);
    }

    @Test
    void should_join_the_generations_of_serial() {
        assertThat(HeapRanges.of("""
                        DefNew     total 39296K, used 15032K [0x00000000f8000000, 0x00000000faaa0000, 0x00000000faaa0000)
                         eden space 34944K,  30% used [0x00000000f8000000, 0x00000000f8a6e378, 0x00000000fa220000)
                        Tenured    total 87424K, used 2975K [0x00000000faaa0000, 0x0000000100000000, 0x0000000100000000)
                         the  space 87424K,   3% used [0x00000000faaa0000, 0x00000000fad87f98, 0x00000000fad88000, 0x0000000100000000)
                        """, "")).isEqualTo(WHOLE);
    }

    @Test
    void should_join_the_generations_of_parallel() {
        assertThat(HeapRanges.of("""
                         PSYoungGen      total 38400K, used 30275K [0x00000000fd580000, 0x0000000100000000, 0x0000000100000000)
                          eden space 33280K, 90% used [0x00000000fd580000,0x00000000ff310ca8,0x00000000ff600000)
                         ParOldGen       total 87552K, used 0K [0x00000000f8000000, 0x00000000fd580000, 0x00000000fd580000)
                        """, "")).isEqualTo(WHOLE);
    }

    @Test
    void should_take_what_shenandoah_reserved_and_not_its_tables() {
        assertThat(HeapRanges.of("""
                        Reserved region:
                         - [0x00000000f8000000, 0x0000000100000000)\s
                        Collection set:
                         - map (vanilla): 0x0000000000013e00
                        """, "")).isEqualTo(WHOLE);
    }

    @Test
    void should_take_each_view_of_zgcs_memory() {
        assertThat(HeapRanges.of(" ZHeap           used 20M, capacity 128M, max capacity 128M\n", """
                        40000000000-40008000000 rw-s 00000000 00:01 1048                         /memfd:java_heap (deleted)
                        80000000000-80008000000 rw-s 00000000 00:01 1048                         /memfd:java_heap (deleted)
                        564848dcd000-564849282000 rw-p 00000000 00:00 0                          [heap]
                        """))
                .containsExactly(
                        new Region(0x40000000000L, 0x40008000000L), new Region(0x80000000000L, 0x80008000000L));
    }

    @Test
    void should_find_none_when_a_jvm_tells_otherwise() {
        assertThat(HeapRanges.of("a heap of some other kind [12, 34]", "")).isEmpty();
    }
}
