// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.library.ChildJvm;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import dev.heldby.tracker.Directory;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryStartTest {
    @TempDir
    Path folder;

    /** Forgets one reference. */
    static final class Forgetful {
        public static void main(String... words) {
            Directory directory = Directory.named("device");
            directory.take();
            System.out.println("held: " + directory.held());
        }
    }

    /** The same, with a file that no system can name. */
    static final class Unnameable {
        public static void main(String... words) {
            System.setProperty("heldby.snapshot", "no\0file");
            Forgetful.main();
        }
    }

    @Test
    void should_leave_a_snapshot_of_what_is_held_at_the_exit() throws Exception {
        Path file = folder.resolve("library.snapshot");

        String output = ChildJvm.run(Forgetful.class, "-Dheldby.snapshot=" + file);

        assertThat(output).isEqualTo("held: 1\n");
        try (InputStream in = Files.newInputStream(file)) {
            Snapshot snapshot = SnapshotFile.read(in);
            assertThat(snapshot.observations()).singleElement().satisfies(held -> {
                assertThat(held.state()).isEqualTo(Observation.State.HELD_AT_EXIT);
                assertThat(held.type()).isEqualTo("device");
            });
        }
    }

    @Test
    void should_say_what_to_do_when_the_snapshot_cannot_be_written() throws Exception {
        Path file = folder.resolve("missing").resolve("library.snapshot");

        assertThat(ChildJvm.run(Forgetful.class, "-Dheldby.snapshot=" + file))
                .isEqualTo("held: 1\nHeldBy: the snapshot could not be written to " + file
                        + " (java.nio.file.NoSuchFileException: " + file
                        + "); name another file with -Dheldby.snapshot=FILE.\n");
    }

    @Test
    void should_work_without_a_snapshot_when_its_file_cannot_be_named() throws Exception {
        assertThat(ChildJvm.run(Unnameable.class))
                .contains("There will be no snapshot: -Dheldby.snapshot names no file (")
                .endsWith("held: 1\n");
    }
}
