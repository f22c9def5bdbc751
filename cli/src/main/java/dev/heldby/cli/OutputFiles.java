// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files to a folder, or to a jar, which is moved into place whole. */
final class OutputFiles {
    private OutputFiles() {}

    /** What writes its files to a visitor. */
    interface Source {
        void copyTo(Entries target) throws IOException;
    }

    static void write(Path output, Source source) throws IOException {
        if (isJar(output)) {
            writeJar(output, source);
        } else {
            Path folder = Files.createDirectories(output.normalize());
            source.copyTo((entry, content) -> putFile(folder, entry, content));
        }
    }

    static boolean isJar(Path output) {
        return output.toString().endsWith(".jar");
    }

    private static void writeJar(Path output, Source source) throws IOException {
        Path folder = Files.createDirectories(output.toAbsolutePath().getParent());
        Path part = folder.resolve(output.getFileName() + ".part");
        try {
            try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
                source.copyTo((entry, content) -> putEntry(zip, entry, content));
            }
            Files.move(part, output, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void putEntry(ZipOutputStream zip, ZipEntry entry, byte[] content) throws IOException {
        ZipEntry copy = new ZipEntry(entry);
        copy.setCompressedSize(-1);
        copy.setSize(content.length);
        CRC32 crc = new CRC32();
        crc.update(content);
        copy.setCrc(crc.getValue());
        zip.putNextEntry(copy);
        zip.write(content);
        zip.closeEntry();
    }

    private static void putFile(Path folder, ZipEntry entry, byte[] content) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("the entry '" + entry.getName() + "' would lie outside of it");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Files.setLastModifiedTime(file, entry.getLastModifiedTime());
        }
    }
}
