// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Typed.heldby;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {
    @Test
    void should_list_the_built_in_rules_and_the_types_they_follow() {
        Typed typed = heldby("rules");

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out().lines())
                .contains(
                        "netty: https://netty.io/wiki/reference-counted-objects.html",
                        "  io.netty.buffer.AbstractReferenceCountedByteBuf",
                        "  off unless asked for with level.memory=trace",
                        "  jdk.internal.misc.Unsafe, which allocates off-heap memory");
    }

    @Test
    void should_name_the_line_of_a_rule_file_that_makes_no_sense(@TempDir Path folder) throws Exception {
        Path rules = Files.writeString(folder.resolve("own.rules"), "rule own\nnonsense here\n");

        Typed typed = heldby("run", "--rules", rules.toString(), "--", "java", "-version");

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).startsWith("heldby: " + rules + " line 2: ").hasLineCount(1);
    }
}
