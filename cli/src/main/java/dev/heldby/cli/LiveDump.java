// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.cli.path.Dump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The dump of a running JVM's heap, in a folder that only this user can read, and nothing of it left once it is open. */
final class LiveDump {
    private LiveDump() {}

    static Dump of(Control control) throws Failure {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            Path folder = Files.createTempDirectory("heldby");
            Path file = folder.resolve("live.hprof");
            try {
                control.dumpHeap(file);
                return Dump.open(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw Failure.failed(
                    "no heap dump could be made in '" + temporary + "' and read: " + Reason.of(e) + ".", e);
        }
    }
}
