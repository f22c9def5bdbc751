// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import dev.heldby.snapshot.SnapshotFormatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where snapshots come from: a file, or the answer of a running agent. */
final class SnapshotSource {
    private SnapshotSource() {}

    static Snapshot read(Path file) throws Failure {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return SnapshotFile.read(in);
        } catch (SnapshotFormatException e) {
            throw unreadable("'" + file + "'", e);
        } catch (IOException e) {
            throw Failure.failed("'" + file + "' could not be read: " + Reason.of(e) + ".", e);
        }
    }

    static Snapshot read(byte[] bytes, String sender) throws Failure {
        try {
            return SnapshotFile.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw unreadable("what " + sender + " sent", e);
        }
    }

    private static Failure unreadable(String what, IOException e) {
        return Failure.failed(what + " is not a snapshot that can be read: " + e.getMessage(), e);
    }
}
