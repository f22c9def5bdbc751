// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the weaver of counted types makes of generated programs. {@code -Dheldby.programs=20000 -Dheldby.seed=1} runs more.
 */
class WovenProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("heldby.programs", 300);
    private static final long SEED = Long.getLong("heldby.seed", 1);

    @ParameterizedTest
    @ValueSource(strings = {"ABCDE", "races"})
    void should_destroy_each_object_when_its_last_reference_goes(String stages) {
        Programs programs = Programs.woven();
        Programs.Summary summary = programs.run(SEED, PROGRAMS, Programs.source(stages));

        assertThat(summary.failures())
                .withFailMessage(() ->
                        summary + "\n" + programs.explain(summary.failures().get(0)))
                .isEmpty();
    }
}
