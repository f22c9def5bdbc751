// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static dev.heldby.cli.Started.runExample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plain program with a leaked stream, a leaked buffer, a release by the wrong holder and a read after release. */
class FourDefectsIT {
    private static final String PROGRAM = "com.example.defects.FourDefects";
    private static final String[] GUILTY = {
        "missing-release com.example.defects.Banner.firstLine",
        "missing-release com.example.defects.Mailer.send",
        "surplus-release com.example.defects.Preview.show",
        "use-after-release com.example.defects.StatusPage.show"
    };

    @TempDir
    Path folder;

    @Test
    void should_name_each_guilty_place_and_not_its_victim() throws Exception {
        Path json = folder.resolve("out.json");

        Started run = heldby(folder, runExample(List.of("--report", json.toString()), PROGRAM));

        assertThat(run.exitCode()).as(run.err()).isZero();
        Reported reported = Reported.in(json);
        assertThat(reported.suspects()).containsExactlyInAnyOrder(GUILTY);
        assertThat(reported.findings())
                .allSatisfy(finding -> assertThat(finding.get("count").asLong()).isEqualTo(1));
        JsonNode surplus = reported.findings().stream()
                .filter(finding -> finding.get("kind").asText().equals("surplus-release"))
                .findFirst()
                .orElseThrow();
        assertThat(surplus.get("summary").asText()).contains("the refusal hits Printer.finish");
        assertThat(run.out()).contains("\nno other findings\n");
    }

    @Test
    void should_add_one_line_when_all_four_are_repaired() throws Exception {
        Path json = folder.resolve("out.json");

        Started run = heldby(folder, runExample(List.of("--report", json.toString()), PROGRAM, "--fixed"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).last().isEqualTo("rounds: 1");
        assertThat(run.err()).isEqualTo("HeldBy: no findings\n");
        assertThat(Reported.in(json).findings()).isEmpty();
    }

    @Test
    void should_fail_on_the_kinds_that_are_named_and_there() throws Exception {
        assertThat(heldby(folder, runExample(List.of("--fail-on", "surplus-release"), PROGRAM))
                        .exitCode())
                .isEqualTo(1);
        assertThat(heldby(folder, runExample(List.of("--fail-on", "lapsed-use"), PROGRAM))
                        .exitCode())
                .isZero();
    }

    @Test
    void should_name_them_while_a_program_runs_that_was_attached_to() throws Exception {
        Process program = new ProcessBuilder(Started.JAVA, "-cp", Started.EXAMPLES, PROGRAM, "--seconds", "20")
                .directory(folder.toFile())
                .redirectError(folder.resolve("program-err.txt").toFile())
                .start();
        try (BufferedReader said = program.inputReader()) {
            assertThat(said.readLine()).startsWith("bytes mailed");
            String pid = Long.toString(program.pid());

            Started attach = heldby(folder, "attach", pid);
            assertThat(attach.exitCode()).as(attach.err()).isZero();
            assertThat(suspectsWhileRunning(program)).containsExactlyInAnyOrder(GUILTY);

            assertThat(said.lines().reduce("", (first, second) -> second)).startsWith("rounds: ");
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isZero();
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    /** Asked until all are there: an object is only known to be lost when the collector has come by. */
    private List<String> suspectsWhileRunning(Process program) throws IOException, InterruptedException {
        List<String> suspects = List.of();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (suspects.size() < GUILTY.length && System.nanoTime() < end) {
            Started report = heldby(folder, "report", Long.toString(program.pid()), "--format", "json");
            assertThat(report.exitCode()).as(report.err()).isZero();
            suspects = Reported.of(report.out()).suspects();
        }
        return suspects;
    }
}
