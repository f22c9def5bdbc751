// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interpreter and the JVM agree on what generated programs do. */
class GeneratorTest {
    private static final int PROGRAMS = Integer.getInteger("heldby.programs", 300);
    private static final long SEED = Long.getLong("heldby.seed", 1);

    @Test
    void should_write_the_same_program_for_the_same_seed() {
        assertThat(Generator.program(7, Stage.of("ABCDEF"))).isEqualTo(Generator.program(7, Stage.of("ABCDEF")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AB", "AC", "ABC", "ABCD", "ABCDEF"})
    void should_take_the_same_way_in_the_interpreter_as_in_the_jvm(String stages) throws Exception {
        List<Program> programs = new ArrayList<>();
        for (long seed = SEED; seed < SEED + PROGRAMS / 6; seed++) {
            programs.add(Generator.program(seed, Stage.of(stages)));
        }
        try (Compiler compiler = new Compiler()) {
            for (Compiled compiled : compiler.compile(programs)) {
                Interpreter.Expected expected = compiled.interpreter().execute("Main");
                Sandbox.Result result = Sandbox.run(compiled.program().name() + ".Main", compiled.classes());

                assertThat(result.trouble()).as(compiled.program().source()).isNull();
                assertThat(Judge.behaviour(expected.run().trace(), result.run().trace()))
                        .as(compiled.program().source())
                        .isNull();
            }
        }
    }
}
