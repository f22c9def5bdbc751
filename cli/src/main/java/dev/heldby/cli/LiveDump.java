// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.cli.path.Dump;
import dev.heldby.heap.DumpFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The dump of a running JVM's heap. */
final class LiveDump {
    private LiveDump() {}

    /** In a folder that only this user can read, and nothing of it left once it is open. */
    static Dump of(Control control) throws Failure {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DumpFolder folder = DumpFolder.in(temporary, control.heapUsed())) {
            control.dumpHeap(folder.file());
            return Dump.open(folder.file());
        } catch (IOException e) {
            throw failed(temporary, e);
        }
    }

    /** In that file, which is kept if it is whole. */
    static Dump of(Control control, Path file) throws Failure {
        if (!file.toString().endsWith(".hprof")) {
            throw Failure.badUse(
                    "A heap dump cannot be written to '" + file + "': give a file whose name ends with .hprof.");
        }
        if (Files.exists(file)) {
            throw Failure.badUse("A heap dump cannot be written to '" + file + "', which exists: give a new file.");
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        boolean done = false;
        try {
            DumpFolder.check(folder, control.heapUsed());
            control.dumpHeap(file.toAbsolutePath());
            Dump dump = Dump.open(file);
            done = true;
            return dump;
        } catch (IOException e) {
            throw failed(folder, e);
        } finally {
            if (!done) {
                file.toFile().delete();
            }
        }
    }

    private static Failure failed(Path folder, IOException e) {
        return Failure.failed(
                "no heap dump could be made in '" + folder + "' and read (" + Reason.of(e)
                        + "): make room there, or choose another place with --dump FILE.hprof.",
                e);
    }
}
