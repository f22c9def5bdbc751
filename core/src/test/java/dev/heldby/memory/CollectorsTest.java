// SPDX-License-Identifier: Apache-2.0
package dev.heldby.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.handle.ChildJvm;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledOnOs(OS.LINUX)
class CollectorsTest {
    @ParameterizedTest
    @MethodSource("dev.heldby.handle.Collectors#all")
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void should_find_a_word_when_the_collector_moves_what_holds_it(String collector) throws Exception {
        assertThat(ChildJvm.run(Holds.class, collector, "-Xmx128m")).isEqualTo("missed: 0\n");
    }

    @ParameterizedTest
    @MethodSource("dev.heldby.handle.Collectors#all")
    void should_find_no_word_of_what_was_dropped_when_the_collector_has_worked(String collector) throws Exception {
        String left = ChildJvm.run(Drops.class, collector, "-Xmx128m").strip();

        // Where the buffers end in which threads allocate, ZGC of newer JDKs leaves up to one in a hundred.
        int most = collector.contains("UseZGC") ? Drops.OBJECTS / 40 : Drops.OBJECTS / 100;
        assertThat(Integer.parseInt(left)).isLessThan(most);
    }
}
