// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static dev.heldby.cli.Started.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {
    @TempDir
    Path folder;

    @Test
    void should_name_the_place_that_forgot_and_write_the_report() throws Exception {
        Path json = folder.resolve("out.json");

        Started run = heldby(folder, run(List.of("--report", json.toString()), "leak"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("done leak\n").contains("ForgetfulProgram.openAndForget");
        assertThat(json).content().contains("\"heldby-report/1\"", "\"missing-release\"", "openAndForget");
    }

    @Test
    void should_add_one_line_to_a_program_without_findings() throws Exception {
        assertThat(heldby(folder, run(List.of(), "close")))
                .isEqualTo(new Started(0, "done close\n", "HeldBy: no findings\n"));
    }

    @Test
    void should_pass_on_the_exit_code_of_the_program() throws Exception {
        assertThat(heldby(folder, run(List.of(), "leak", "exit")).exitCode()).isEqualTo(7);
    }

    @Test
    void should_fail_on_the_kinds_that_are_named_and_no_others() throws Exception {
        assertThat(heldby(folder, run(List.of("--fail-on", "use-after-release,missing-release"), "leak", "exit"))
                        .exitCode())
                .isEqualTo(1);
        assertThat(heldby(folder, run(List.of("--fail-on", "use-after-release"), "leak"))
                        .exitCode())
                .isZero();
    }

    @Test
    void should_say_that_a_killed_program_left_nothing() throws Exception {
        Started run = heldby(folder, run(List.of(), "halt"));

        assertThat(run.exitCode()).isEqualTo(9);
        assertThat(run.err())
                .isEqualTo("heldby: the program ended with exit code 9 and left no snapshot, so nothing is known of it;"
                        + " it was killed, or its JVM did not start.\n");
    }

    @Test
    void should_show_the_findings_also_when_the_disk_is_full_for_the_report() throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));

        Started run = heldby(folder, run(List.of("--report", "/dev/full"), "leak"));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("openAndForget");
        assertThat(run.err())
                .isEqualTo("heldby: the report could not be written to '/dev/full': No space left on device.\n");
    }
}
