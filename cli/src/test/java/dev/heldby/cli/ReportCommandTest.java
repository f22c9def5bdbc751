// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Typed.heldby;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path folder;

    private Path snapshot;

    @BeforeEach
    void write_a_snapshot_with_one_leak() throws IOException {
        List<StackTraceElement> birth = List.of(
                new StackTraceElement("java.io.FileInputStream", "<init>", "FileInputStream.java", 150),
                new StackTraceElement("app.Config", "load", "Config.java", 42));
        History history = History.whole(List.of(new Event(Op.BORN, 1, "main", NOON, birth, false)));
        Observation leak = new Observation(
                Observation.State.UNREACHABLE, "java.io.FileInputStream", "jdk", 3, 0, NOON, NOON, "", history);
        snapshot = folder.resolve("one.heldby");
        try (OutputStream out = Files.newOutputStream(snapshot)) {
            SnapshotFile.write(
                    new Snapshot(
                            "0.1.0",
                            "run",
                            new Snapshot.Jvm(7, "17", "app.Main", NOON),
                            NOON,
                            new Coverage(3, 0, 3, 0, List.of()),
                            List.of(new RuleTraits("jdk", "", List.of("java."), List.of())),
                            List.of(leak),
                            List.of(),
                            List.of()),
                    out);
        }
    }

    @Test
    void should_show_the_findings_of_a_snapshot() {
        Typed typed = heldby("report", snapshot.toString());

        assertThat(typed.exitCode()).isZero();
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).contains("app.Config.load").contains("Config.java:42");
    }

    @Test
    void should_print_nothing_but_json_when_json_is_asked_for() {
        Typed typed = heldby("report", "--format", "json", snapshot.toString());

        assertThat(typed.out()).startsWith("{").endsWith("}\n").contains("\"heldby-report/1\"", "\"missing-release\"");
    }

    @Test
    void should_write_the_same_to_a_file() throws IOException {
        Path json = folder.resolve("out.json");

        Typed typed = heldby("report", "--format", "json", "--output", json.toString(), snapshot.toString());

        assertThat(typed).isEqualTo(new Typed(0, "", ""));
        assertThat(json)
                .hasContent(heldby("report", "--format", "json", snapshot.toString())
                        .out());
    }

    @Test
    void should_say_that_the_disk_is_full() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")));

        Typed typed = heldby("report", "--output", "/dev/full", snapshot.toString());

        assertThat(typed)
                .isEqualTo(new Typed(
                        3,
                        "",
                        "heldby: the report could not be written to '/dev/full': No space left on device."
                                + System.lineSeparator()));
    }

    @Test
    void should_name_the_formats_when_one_is_unknown() {
        Typed typed = heldby("report", "--format", "xml", snapshot.toString());

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).contains("\"xml\" is not a format; the formats are text and json");
    }
}
