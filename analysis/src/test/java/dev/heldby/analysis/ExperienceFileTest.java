// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.snapshot.Coverage;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import dev.heldby.snapshot.SnapshotFormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperienceFileTest {
    private static final int ADDED_BY_EACH = 40;

    @TempDir
    Path folder;

    private static Snapshot run(long lives) {
        Healthy healthy =
                new Life().born("app.Main.make:3").put("app.Main.end:5").healthy(lives);
        return new Snapshot(
                "0.1.0",
                "run",
                new Snapshot.Jvm(1, "17", "app.Main", Life.NOW),
                Life.NOW,
                new Coverage(lives, 0, lives, 0, List.of()),
                List.of(Life.RULE),
                List.of(),
                List.of(healthy),
                List.of());
    }

    /** Adds runs to the file that is named. */
    public static void main(String[] args) throws IOException {
        for (int i = 0; i < ADDED_BY_EACH; i++) {
            new ExperienceFile(Path.of(args[0])).add(run(1));
        }
    }

    private ExperienceFile file() {
        return new ExperienceFile(folder.resolve("app.model"));
    }

    @Test
    void should_know_nothing_when_there_is_no_file_yet() throws IOException {
        assertThat(file().read()).isEmpty();
    }

    @Test
    void should_know_what_all_runs_taught_that_were_added() throws IOException {
        file().add(run(2));
        file().add(run(3));

        assertThat(file().read()).singleElement().satisfies(lives -> {
            assertThat(lives.count()).isEqualTo(5);
            assertThat(lives.examples()).extracting(Healthy.Example::count).containsExactly(5L);
        });
    }

    @Test
    void should_lose_nothing_when_threads_and_processes_add_at_once() throws Exception {
        List<Process> processes = List.of(adding(), adding());
        CompletableFuture<?>[] threads = Stream.of(1, 2)
                .map(i -> CompletableFuture.runAsync(() -> {
                    try {
                        main(new String[] {file().path().toString()});
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(threads).join();
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(file().read().get(0).count()).isEqualTo(4 * ADDED_BY_EACH);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    private Process adding() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExperienceFileTest.class.getName(),
                        file().path().toString())
                .inheritIO()
                .start();
    }

    @Test
    void should_refuse_a_file_that_is_no_model_and_leave_it_as_it_is() throws IOException {
        Files.writeString(file().path(), "no model");

        assertThatThrownBy(() -> file().add(run(1)))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessageStartingWith("'" + file().path() + "' is not a model that can be read: ");
        assertThat(file().path()).hasContent("no model");
    }

    @Test
    void should_refuse_the_snapshot_of_a_run_and_leave_it_as_it_is() throws IOException {
        try (OutputStream out = Files.newOutputStream(file().path())) {
            SnapshotFile.write(run(7), out);
        }
        byte[] before = Files.readAllBytes(file().path());

        assertThatThrownBy(() -> file().add(run(1)))
                .isInstanceOf(SnapshotFormatException.class)
                .hasMessage("'" + file().path() + "' is a snapshot and not a model; give a model a file of its own.");
        assertThat(file().path()).hasBinaryContent(before);
    }
}
