// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import dev.heldby.snapshot.SnapshotFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What objects that ended well taught in earlier runs, kept in a file, the <em>model</em>; a snapshot with nothing else in it.
 *
 * <p>It is whole at any time, since a new file takes the place of the old one. Threads and processes that add to it at once wait for
 * each other, by the lock of an empty file beside it, so that none loses what another one adds.
 */
public record ExperienceFile(Path path) {
    private static final String MODE = "model";

    /**
     * What was learnt; nothing if there is no such file.
     *
     * @throws SnapshotFormatException with a sentence, if the file is no model
     */
    public List<Healthy> read() throws IOException {
        return Files.exists(path) ? model().healthy() : List.of();
    }

    private Snapshot model() throws IOException {
        Snapshot model;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            model = SnapshotFile.read(in);
        } catch (SnapshotFormatException e) {
            throw new SnapshotFormatException("'" + path + "' is not a model that can be read: " + e.getMessage(), e);
        }
        if (!model.mode().equals(MODE)) {
            throw new SnapshotFormatException(
                    "'" + path + "' is a snapshot and not a model; give a model a file of its own.");
        }
        return model;
    }

    /** Adds what that run taught. */
    public void add(Snapshot run) throws IOException {
        synchronized (ExperienceFile.class) {
            try (FileChannel beside =
                    FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                beside.lock(); // Until the channel is closed.
                replace(Experience.together(read(), run.healthy()), run);
            }
        }
    }

    private void replace(List<Healthy> learnt, Snapshot run) throws IOException {
        Path part = beside(".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            SnapshotFile.write(model(learnt, run), out);
        }
        Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path beside(String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    private static Snapshot model(List<Healthy> learnt, Snapshot run) {
        return new Snapshot(
                run.version(),
                MODE,
                run.jvm(),
                run.takenAt(),
                run.coverage(),
                run.rules(),
                List.of(),
                learnt,
                List.of());
    }
}
