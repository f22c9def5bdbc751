// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.library.ChildJvm;
import dev.heldby.library.Growth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackerSizeTest {
    /** What else may grow meanwhile, such as the list of threads. */
    private static final double NOISE = 0.5;

    @ParameterizedTest
    @ValueSource(strings = {"count", "full"})
    void should_keep_at_most_64_bytes_for_a_live_tracker_besides_its_stack(String level) throws Exception {
        String output = ChildJvm.run(Program.class, Growth.OPTION, "-Dheldby.level=" + level);

        assertThat(Growth.of(output)).isBetween(16.0, 64 + NOISE);
    }

    static final class Program {
        public static void main(String[] args) {
            Directory directory = Directory.named("netdev");
            Growth.print(directory, () -> {
                directory.take();
                return null;
            });
        }
    }
}
