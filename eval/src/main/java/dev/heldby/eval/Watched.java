// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one watched run: what HeldBy recorded while the program ran and in the end, and what the planter did. It is kept,
 * so that another analysis can be asked about the same run.
 */
record Watched(Path folder) {
    private static final String LOOK = "look-";

    /** One snapshot and when it was there, in milliseconds of the clock. */
    record Look(long at, Snapshot snapshot) {}

    /** The folder, empty and there. */
    static Watched fresh(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path file : (Iterable<Path>) old::iterator) {
                Files.delete(file);
            }
        }
        return new Watched(folder);
    }

    Path plantFile() {
        return folder.resolve("planted.txt");
    }

    /** Written by the agent when the program ends. */
    Path lastFile() {
        return folder.resolve("last.heldby");
    }

    Path log() {
        return folder.resolve("log");
    }

    void add(long at, byte[] snapshot) throws IOException {
        Files.write(folder.resolve(LOOK + at + ".heldby"), snapshot);
    }

    boolean isThere() throws IOException {
        return last().isPresent();
    }

    PlantFile planted() throws IOException {
        return PlantFile.read(plantFile());
    }

    /** Those made while the program ran, in order. */
    List<Look> looks() throws IOException {
        List<Look> looks;
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            List<Path> named = files.filter(
                            file -> file.getFileName().toString().startsWith(LOOK))
                    .toList();
            looks = new ArrayList<>();
            for (Path file : named) {
                looks.add(new Look(at(file), read(file)));
            }
        }
        looks.sort(Comparator.comparingLong(Look::at));
        return looks;
    }

    /** Of a program that was killed the last look is what there is. */
    Optional<Look> last() throws IOException {
        if (Files.exists(lastFile())) {
            return Optional.of(new Look(Files.getLastModifiedTime(lastFile()).toMillis(), read(lastFile())));
        }
        List<Look> looks = looks();
        return looks.isEmpty() ? Optional.empty() : Optional.of(looks.get(looks.size() - 1));
    }

    private static long at(Path look) {
        String name = look.getFileName().toString();
        return Long.parseLong(name.substring(LOOK.length(), name.indexOf('.')));
    }

    private static Snapshot read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return SnapshotFile.read(in);
        }
    }
}
