// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.handle.ChildJvm;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ChurnTest {
    private static final int BLOCKS = 5_000;
    private static final int SCANS = 5;

    private static Result churn(String collector, String... more) throws Exception {
        return Result.parse(ChildJvm.run(Churn.class, (collector + " -Xmx128m").split(" "), more));
    }

    @ParameterizedTest
    @MethodSource("dev.heldby.handle.Collectors#all")
    @ValueSource(strings = "-XX:+UseZGC -XX:+ZeroTLAB")
    void should_find_nearly_all_by_the_third_scan_and_nothing_held_when_the_program_allocates(String collector)
            throws Exception {
        Result result = churn(collector, Integer.toString(BLOCKS), Integer.toString(SCANS));

        assertThat(result.inThree()).isGreaterThanOrEqualTo(BLOCKS * leastInThree(collector) / 100);
        assertThat(result.wrong()).isZero();
    }

    /**
     * In percent. What a thread leaves free at the end of each buffer in which it allocates keeps what was there before, and ZGC uses
     * the same pages again and again; {@code ZeroTLAB} clears each buffer first.
     */
    private static int leastInThree(String collector) {
        return collector.endsWith("UseZGC") ? 98 : 99;
    }

    @ParameterizedTest
    @MethodSource("dev.heldby.handle.Collectors#all")
    void should_find_nearly_all_by_the_third_scan_and_nothing_held_when_live_objects_are_read(String collector)
            throws Exception {
        Result result = churn(collector, Integer.toString(BLOCKS), "3", "1", "precise");

        assertThat(result.inThree()).isGreaterThanOrEqualTo(BLOCKS * 99 / 100);
        assertThat(result.wrong()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.heldby.handle.Collectors#all")
    void should_find_nearly_all_and_nothing_held_when_the_collector_moves_objects_in_every_pass(String collector)
            throws Exception {
        Result result = churn(collector, Integer.toString(BLOCKS), Integer.toString(SCANS), "1");

        assertThat(result.passes()).isGreaterThan(2 * SCANS);
        assertThat(result.found()).isGreaterThanOrEqualTo(BLOCKS * 99 / 100);
        assertThat(result.wrong()).isZero();
    }
}
