// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.analysis.ExperienceFile;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file that {@code --model} names, if it names one: what earlier runs taught of objects that ended well. */
final class ModelFile {
    private final @Nullable ExperienceFile file;

    private ModelFile(@Nullable Path path) {
        file = path == null ? null : new ExperienceFile(path);
    }

    /** Refuses what cannot be read or written, before a program is run for it. */
    static ModelFile toAddTo(@Nullable Path path) throws Failure {
        if (path != null) {
            ReportFile.check(path);
        }
        ModelFile model = new ModelFile(path);
        model.learnt();
        return model;
    }

    /** Refuses what does not exist. */
    static ModelFile toRead(@Nullable Path path) throws Failure {
        if (path != null && !Files.exists(path)) {
            throw Failure.badUse("there is no model '" + path
                    + "' yet; 'heldby run --model FILE' and 'heldby attach --for DURATION --model FILE' make one.");
        }
        return new ModelFile(path);
    }

    /** Nothing if there is no file yet. */
    List<Healthy> learnt() throws Failure {
        if (file == null) {
            return List.of();
        }
        try {
            return file.read();
        } catch (SnapshotFormatException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw Failure.failed("the model '" + file.path() + "' could not be read: " + Reason.of(e) + ".", e);
        }
    }

    /** Adds what that run taught, for the next one. */
    void add(Snapshot run) throws Failure {
        if (file == null) {
            return;
        }
        try {
            file.add(run);
        } catch (SnapshotFormatException e) {
            throw Failure.failed(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw Failure.failed("the model could not be written to '" + file.path() + "': " + Reason.of(e) + ".", e);
        }
    }
}
