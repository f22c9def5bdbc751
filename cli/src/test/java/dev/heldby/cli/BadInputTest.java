// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Typed.heldby;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each wrong request is answered by one sentence on standard error, and by nothing on standard output. */
class BadInputTest {
    @TempDir
    Path folder;

    @Test
    void should_show_the_usage_when_nothing_is_asked() {
        Typed typed = heldby();

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).startsWith("Usage: heldby").contains("Exit codes:");
    }

    @Test
    void should_name_the_option_that_is_unknown() {
        refused(2, "Unknown option: '--bogus'; 'heldby run --help' shows what can be asked.", "run", "--bogus");
    }

    @Test
    void should_show_how_to_write_the_command_when_there_is_none() {
        refused(
                2,
                "there is no command to run; write it behind two dashes: heldby run -- java -jar app.jar",
                "run",
                "--");
    }

    @Test
    void should_refuse_to_run_what_is_no_java_launcher() {
        refused(
                2,
                "'mvn' is not a java launcher; give the java command that it starts in the end,"
                        + " or start it as usual and use 'heldby attach PID'.",
                "run",
                "--",
                "mvn",
                "verify");
    }

    @Test
    void should_name_the_levels_when_one_is_unknown() {
        refused(
                2,
                "Invalid value for option '--level': Unknown level \"loud\"; the levels are off, count, trace and full;"
                        + " 'heldby run --help' shows what can be asked.",
                "run",
                "--level",
                "loud",
                "--",
                "java");
    }

    @Test
    void should_name_the_kinds_when_one_is_unknown() {
        Typed typed = heldby("run", "--fail-on", "missing-release,leak", "--", "java");

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("\"leak\" is not a kind of finding; the kinds are missing-release, ");
    }

    @Test
    void should_say_how_durations_are_written() {
        Typed typed = heldby("attach", "1", "--for", "5");

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("\"5\" is not a duration; write a number and s, m or h, such as 30s or 5m;");
    }

    @Test
    void should_refuse_a_process_id_that_is_no_number() {
        Typed typed = heldby("attach", "abc");

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("\"abc\" is not a process id;").hasLineCount(1);
    }

    @Test
    void should_say_that_there_is_no_such_process() {
        refused(3, "there is no process 999999999; 'jps -l' lists the running JVMs.", "report", "999999999");
    }

    @Test
    void should_not_watch_itself() {
        String self = Long.toString(ProcessHandle.current().pid());

        refused(2, "process " + self + " is this command itself; name the one to watch.", "level", self, "netty=full");
    }

    @Test
    void should_leave_a_process_alone_that_is_no_jvm() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/maps")));
        Process sleep = new ProcessBuilder("/bin/sleep", "30").start();
        try {
            refused(
                    3,
                    "process " + sleep.pid() + " is not a JVM; 'jps -l' lists those that run.",
                    "report",
                    Long.toString(sleep.pid()));
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroy();
        }
    }

    @Test
    void should_say_that_a_level_needs_a_rule() {
        refused(2, "\"full\" is not RULE=LEVEL, such as netty=full.", "level", "1", "full");
    }

    @Test
    void should_say_that_a_report_file_does_not_exist() {
        Path missing = folder.resolve("none.heldby");

        refused(3, "'" + missing + "' could not be read: no such file or folder.", "report", missing.toString());
    }

    @Test
    void should_say_that_a_file_is_no_snapshot() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a snapshot");

        Typed typed = heldby("report", text.toString());

        assertThat(typed.exitCode()).isEqualTo(3);
        assertThat(typed.err())
                .startsWith("heldby: '" + text + "' is not a snapshot that can be read: ")
                .hasLineCount(1);
    }

    @Test
    void should_refuse_a_report_into_a_folder_that_does_not_exist_before_anything_runs() {
        Path nowhere = folder.resolve("nowhere");

        refused(
                2,
                "the folder '" + nowhere + "' for 'out.json' does not exist.",
                "run",
                "--report",
                nowhere.resolve("out.json").toString(),
                "--",
                "java");
    }

    @Test
    void should_say_that_a_rule_file_cannot_be_read() {
        Path missing = folder.resolve("own.rules");

        Typed typed = heldby("run", "--rules", missing.toString(), "--", "java");

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains(missing.toString()).hasLineCount(1);
    }

    @Test
    void should_refuse_a_report_without_a_time_for_it() {
        Typed typed =
                heldby("attach", "1", "--report", folder.resolve("out.json").toString());

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).startsWith("heldby: --report needs --for,").hasLineCount(1);
    }

    @Test
    void should_refuse_a_model_without_a_time_for_adding_to_it() {
        Typed typed =
                heldby("attach", "1", "--model", folder.resolve("app.model").toString());

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).startsWith("heldby: --model needs --for,").hasLineCount(1);
    }

    @Test
    void should_say_how_a_model_is_made_when_there_is_none_to_report_with() {
        Path missing = folder.resolve("app.model");

        refused(
                2,
                "there is no model '" + missing + "' yet; 'heldby run --model FILE' and 'heldby attach --for DURATION"
                        + " --model FILE' make one.",
                "report",
                "1",
                "--model",
                missing.toString());
    }

    @Test
    void should_say_that_a_file_is_no_model_and_leave_it_as_it_is() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a model");

        Typed typed = heldby("report", "1", "--model", text.toString());

        assertThat(typed.exitCode()).isEqualTo(3);
        assertThat(typed.err())
                .startsWith("heldby: '" + text + "' is not a model that can be read: ")
                .hasLineCount(1);
        assertThat(text).hasContent("not a model");
    }

    private static void refused(int exitCode, String sentence, String... args) {
        assertThat(heldby(args)).isEqualTo(new Typed(exitCode, "", "heldby: " + sentence + System.lineSeparator()));
    }
}
