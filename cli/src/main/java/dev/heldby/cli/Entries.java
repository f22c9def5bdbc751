// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a folder, in the order of their names, or of a jar, in its own. */
interface Entries {
    void visit(ZipEntry entry, byte[] content) throws IOException;

    static void of(Path input, Entries visitor) throws IOException {
        if (Files.isDirectory(input)) {
            ofFolder(input, visitor);
        } else {
            ofJar(input, visitor);
        }
    }

    private static void ofFolder(Path folder, Entries visitor) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
                entry.setLastModifiedTime(Files.getLastModifiedTime(file));
                visitor.visit(entry, Files.readAllBytes(file));
            }
        }
    }

    private static void ofJar(Path jar, Entries visitor) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream content = zip.getInputStream(entry)) {
                    visitor.visit(entry, content.readAllBytes());
                }
            }
        }
    }
}
