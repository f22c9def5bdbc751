// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.leaky.ThrowingProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that an exception leaves behind. */
class EscapeIT {
    @TempDir
    Path folder;

    private Started run(String what, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("run", "--rules", Started.RULES));
        words.addAll(List.of(options));
        String classes = Path.of("target", "test-classes").toAbsolutePath().toString();
        words.addAll(List.of("--", Started.JAVA, "-cp", classes, ThrowingProgram.class.getName(), what));
        return heldby(folder, words.toArray(String[]::new));
    }

    @Test
    void should_say_which_exception_left_them_open() throws Exception {
        Path json = folder.resolve("out.json");

        Started run = run("thrown", "--exceptions", "--report", json.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("1. missing release: 200 x Drawer, unreachable")
                .containsPattern("left open by an exception, 1[0-9][0-9] of 200:\n"
                        + "     java\\.lang\\.IllegalStateException thrown at"
                        + " com\\.example\\.leaky\\.ThrowingProgram\\.check\\(ThrowingProgram\\.java:[0-9]+\\),"
                        + " out of com\\.example\\.leaky\\.ThrowingProgram\\.fill\n");
        assertThat(Reported.in(json).findings().get(0).at("/leftBy/exception").asText())
                .startsWith("java.lang.IllegalStateException thrown at com.example.leaky.ThrowingProgram.check(");
    }

    @Test
    void should_leave_the_methods_as_they_are_unless_asked() throws Exception {
        assertThat(run("thrown").out())
                .contains("missing release: 200 x Drawer, unreachable")
                .doesNotContain("left open by")
                .doesNotContain("unknown source");
    }

    @Test
    void should_not_blame_an_exception_that_comes_when_the_method_which_forgot_has_returned() throws Exception {
        Started run = run("forgotten", "--exceptions");

        assertThat(run.out())
                .contains("missing release: 200 x Drawer, unreachable")
                .doesNotContain("exception");
    }
}
