// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachIT {
    @TempDir
    Path folder;

    private Process program;
    private BufferedReader said;
    private String pid;

    @BeforeEach
    void start_the_program() throws IOException {
        start(Started.program());
    }

    private void start(String... words) throws IOException {
        program = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = program.inputReader();
        assertThat(said.readLine()).isEqualTo("ready");
        pid = Long.toString(program.pid());
    }

    @AfterEach
    void end_the_program() throws InterruptedException {
        program.destroyForcibly().waitFor();
    }

    @Test
    void should_show_what_a_running_program_forgot_since_it_is_watched() throws Exception {
        Started attach = heldby(folder, "attach", "--rules", Started.RULES, pid);
        tell("leak");
        Started report = heldby(folder, "report", pid);

        assertThat(attach)
                .isEqualTo(new Started(
                        0,
                        "",
                        "HeldBy watches process " + pid + " at level full; 'heldby report " + pid
                                + "' shows what was found so far.\n"));
        assertThat(report.err()).isEmpty();
        assertThat(report.exitCode()).isZero();
        assertThat(report.out()).contains("ForgetfulProgram.openAndForget");
        tell("close");
    }

    @Test
    void should_report_at_the_end_of_the_time_that_was_given() throws Exception {
        Path json = folder.resolve("out.json");

        Started attach =
                heldby(folder, "attach", "--rules", Started.RULES, pid, "--for", "1s", "--report", json.toString());

        assertThat(attach.exitCode()).isZero();
        assertThat(json).content().contains("\"heldby-report/1\"");
    }

    @Test
    void should_add_what_it_saw_to_a_model_that_later_reports_start_from() throws Exception {
        String model = folder.resolve("drawers.model").toString();
        CompletableFuture<Started> attach = CompletableFuture.supplyAsync(
                () -> attached("--rules", Started.RULES, pid, "--for", "2s", "--model", model));
        while (!attach.isDone()) {
            tell("return");
            Thread.sleep(50);
        }
        assertThat(attach.get().out()).startsWith("no findings\n");
        byte[] learnt = Files.readAllBytes(Path.of(model));
        end_the_program();
        start(Started.program());
        heldby(folder, "attach", "--rules", Started.RULES, pid);
        tell("lose");

        Started report = heldby(folder, "report", pid, "--model", model);

        assertThat(report.err()).isEmpty();
        assertThat(report.out())
                .contains("where all goes well it is given back at Drawer.close")
                .containsPattern(
                        "; in earlier runs (all [0-9]+ such objects were|the only such object was) given back there");
        assertThat(Path.of(model)).hasBinaryContent(learnt);
        assertThat(heldby(folder, "report", pid).out()).doesNotContain("earlier runs");
    }

    private Started attached(String... options) {
        try {
            return heldby(
                    folder,
                    Stream.concat(Stream.of("attach"), Stream.of(options)).toArray(String[]::new));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_tell_and_change_what_is_followed() throws Exception {
        heldby(folder, "attach", "--rules", Started.RULES, pid, "--level", "trace");

        Started level = heldby(folder, "level", pid, "drawer=off");
        Started rules = heldby(folder, "rules", pid);

        assertThat(level)
                .isEqualTo(new Started(
                        0, "", "HeldBy follows rule drawer in process " + pid + " at level off from now on.\n"));
        assertThat(rules.out().lines()).contains("rule drawer=off", "rule netty=trace");
    }

    @Test
    void should_name_the_rules_when_one_is_unknown() throws Exception {
        heldby(folder, "attach", "--rules", Started.RULES, pid);

        Started level = heldby(folder, "level", pid, "lucene=full");

        assertThat(level.exitCode()).isEqualTo(3);
        assertThat(level.err())
                .contains("Unknown rule \"lucene\"; the rules are ")
                .hasLineCount(1);
    }

    @Test
    void should_not_attach_twice() throws Exception {
        heldby(folder, "attach", "--rules", Started.RULES, pid);

        Started again = heldby(folder, "attach", "--rules", Started.RULES, pid);

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .startsWith("heldby: HeldBy watches process " + pid + " already;")
                .hasLineCount(1);
    }

    @Test
    void should_say_how_to_watch_a_program_that_is_not_watched() throws Exception {
        assertThat(heldby(folder, "report", pid))
                .isEqualTo(new Started(
                        3,
                        "",
                        "heldby: HeldBy does not watch process " + pid + "; start it with 'heldby attach " + pid
                                + "'.\n"));
    }

    @Test
    void should_leave_alone_a_program_that_has_loaded_the_tracking_library() throws Exception {
        end_the_program();
        start(Started.libraryUser());

        Started attach = heldby(folder, "attach", pid);

        assertThat(attach)
                .isEqualTo(new Started(
                        3,
                        "",
                        "heldby: process " + pid + " uses HeldBy's tracking library from its own class path, and the"
                                + " agent cannot join it there; start the program with 'heldby run' or"
                                + " -javaagent:heldby-agent.jar.\n"));
        assertThat(answer("track")).isEqualTo("true");
    }

    private void tell(String word) throws IOException {
        assertThat(answer(word)).isEqualTo("done " + word);
    }

    private String answer(String word) throws IOException {
        program.outputWriter().write(word + "\n");
        program.outputWriter().flush();
        return said.readLine();
    }
}
