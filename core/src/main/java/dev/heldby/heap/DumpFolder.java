// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a heap dump is written: a folder of its own that only this user can read, and that goes with all that a dump, or half of one,
 * left in it.
 */
public final class DumpFolder implements AutoCloseable {
    /** A small object takes up to twice its size in a dump, where its header is longer and so are its references. */
    private static final int GROWTH = 2;

    private static final String NOT_WRITABLE = "it must not be written to";

    private final Path folder;

    private DumpFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * One below that folder, for the dump of a heap of which so many bytes are in use.
     *
     * @throws IOException with the reason why there can be none
     */
    public static DumpFolder in(Path parent, long heapUsed) throws IOException {
        check(parent, heapUsed);
        try {
            return new DumpFolder(Files.createTempDirectory(parent, "heldby"));
        } catch (FileSystemException e) {
            // Its message is a path and no more where it has no reason.
            throw new IOException(e.getReason() == null ? NOT_WRITABLE : e.getReason(), e);
        }
    }

    /**
     * Looks whether such a dump can be written there, before a program is stopped for nothing and its disk is full.
     *
     * @throws IOException with the reason why not
     */
    public static void check(Path parent, long heapUsed) throws IOException {
        if (!Files.isDirectory(parent)) {
            throw new IOException("there is no such folder");
        }
        if (!Files.isWritable(parent)) {
            throw new IOException(NOT_WRITABLE);
        }
        checkRoom(heapUsed, parent.toFile().getUsableSpace());
    }

    static void checkRoom(long heapUsed, long free) throws IOException {
        if (free < GROWTH * heapUsed) {
            throw new IOException("the dump may need " + GROWTH * heapUsed + " bytes, and " + free + " are free");
        }
    }

    /** The file to write, which is not there yet. */
    public Path file() {
        return folder.resolve("live.hprof");
    }

    @Override
    public void close() throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
