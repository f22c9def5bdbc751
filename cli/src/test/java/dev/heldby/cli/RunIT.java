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
    void should_expect_what_earlier_runs_showed_when_there_is_a_model_of_them() throws Exception {
        List<String> options =
                List.of("--model", folder.resolve("drawers.model").toString());

        Started first = heldby(folder, run(options, "return"));
        Started second = heldby(folder, run(options, "return"));
        Started third = heldby(folder, run(options, "lose"));
        Started alone = heldby(folder, run(List.of(), "lose"));

        assertThat(first.err()).isEqualTo("HeldBy: no findings\n");
        assertThat(second.err()).isEqualTo("HeldBy: no findings\n");
        assertThat(third.out())
                .contains("released here when all goes well (2 of 2):")
                .contains("; in earlier runs all 2 such objects were given back there.\n");
        assertThat(alone.out())
                .contains("a release that the code has, and that was not made:")
                .doesNotContain("when all goes well");
    }

    @Test
    void should_refuse_a_model_that_is_none_before_the_program_runs() throws Exception {
        Path model = Files.writeString(folder.resolve("drawers.model"), "no model");

        assertThat(heldby(folder, run(List.of("--model", model.toString()), "leak")))
                .isEqualTo(new Started(
                        3,
                        "",
                        "heldby: '" + model + "' is not a model that can be read: This is not a HeldBy snapshot;"
                                + " give the file that the agent or `heldby attach` wrote.\n"));
        assertThat(model).hasContent("no model");
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
