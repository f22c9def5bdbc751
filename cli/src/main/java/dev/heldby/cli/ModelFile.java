// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.analysis.Experience;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What earlier runs taught of objects that ended well: a file that each run starts from and adds to. */
record ModelFile(Path file) {

    /** Refuses what cannot be read or written, before a program is run for it. */
    void check() throws Failure {
        ReportFile.check(file);
        if (Files.exists(file)) {
            SnapshotSource.read(file);
        }
    }

    /** The run with what was learnt before; nothing was if there is no file yet. */
    Snapshot informed(Snapshot run) throws Failure {
        return Files.exists(file)
                ? run.withHealthy(Experience.together(SnapshotSource.read(file).healthy(), run.healthy()))
                : run;
    }

    /** Keeps what an informed run knows, for the next one. The file is whole at any time. */
    void keep(Snapshot informed) throws Failure {
        Snapshot model = new Snapshot(
                informed.version(),
                "model",
                informed.jvm(),
                informed.takenAt(),
                informed.coverage(),
                informed.rules(),
                List.of(),
                informed.healthy(),
                List.of());
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            SnapshotFile.write(model, bytes);
            Path folder = file.toAbsolutePath().getParent();
            Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
            Files.write(part, bytes.toByteArray());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.failed("the model could not be written to '" + file + "': " + Reason.of(e) + ".", e);
        }
    }
}
