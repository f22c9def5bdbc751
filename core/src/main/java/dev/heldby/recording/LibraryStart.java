// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.SnapshotFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the first use of the tracking library sets going in a process without the agent: the reaper, and with {@code
 * -Dheldby.snapshot=FILE} a snapshot at the exit, for {@code heldby report FILE}.
 *
 * <p>It also leaves the property {@value #LOADED}, for whoever wants to attach the agent: the agent brings its own library, and
 * two of one name cannot work together.
 */
final class LibraryStart {
    static final String LOADED = "heldby.library";

    private static final boolean IS_AGENTS = LibraryStart.class.getClassLoader() == null;

    static {
        Recorder recorder = Probes.recorder();
        recorder.reaper().start();
        if (!IS_AGENTS) {
            System.setProperty(LOADED, "loaded");
            Path file = snapshot(System.getProperty("heldby.snapshot"));
            if (file != null) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> write(recorder, file), "HeldBy snapshot"));
            }
        }
    }

    private LibraryStart() {}

    /** Does all that when first called. */
    static void ensure() {}

    private static Path snapshot(String file) {
        try {
            return file == null ? null : Path.of(file).toAbsolutePath();
        } catch (InvalidPathException e) {
            System.getLogger("dev.heldby")
                    .log(
                            System.Logger.Level.ERROR,
                            "There will be no snapshot: -Dheldby.snapshot names no file (" + e.getMessage() + ").");
            return null;
        }
    }

    private static void write(Recorder recorder, Path file) {
        recorder.unrecorded(() -> {
            Snapshots snapshots = new Snapshots(recorder, version(), "library", List.of());
            try (OutputStream out = Files.newOutputStream(file)) {
                SnapshotFile.write(snapshots.atExit(), out);
            } catch (IOException e) {
                // Not to the log, which may have been closed by another thread at the exit.
                System.err.println("HeldBy: the snapshot could not be written to " + file + " (" + e
                        + "); name another file with -Dheldby.snapshot=FILE.");
            }
        });
    }

    private static String version() {
        String version = LibraryStart.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
