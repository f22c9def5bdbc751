// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/*
 * What the JDK opens without looking like a file: a zip archive, the listing of a directory, a stream in a stream.
 *
 * Notice:
 *  - Files.list holds a directory open until its stream is closed; reading it to its end is not enough;
 *  - closing a GZIPInputStream closes the file and the inflater within, so forgetting it leaks three things at once,
 *    and one close() repairs all of them.
 */
public final class E06_ZipAndDirectoryStreams {

    private E06_ZipAndDirectoryStreams() {}

    public static void main(String[] args) throws IOException {
        boolean fixed = List.of(args).contains("--fixed");
        Path directory = Files.createTempDirectory("e06");
        Path zip = directory.resolve("one.zip");
        Path gzip = directory.resolve("two.gz");
        writeZip(zip);
        writeGzip(gzip);

        System.out.println("entries: " + countEntries(zip, fixed));
        System.out.println("files: " + countFiles(directory, fixed));
        System.out.println("bytes: " + countBytes(gzip, fixed));

        Files.delete(zip);
        Files.delete(gzip);
        Files.delete(directory);
    }

    private static int countEntries(Path file, boolean fixed) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        int entries = zip.size();
        if (fixed) {
            zip.close();
        }
        return entries;
    }

    private static long countFiles(Path directory, boolean fixed) throws IOException {
        Stream<Path> files = Files.list(directory);
        long count = files.count();
        if (fixed) {
            files.close();
        }
        return count;
    }

    private static int countBytes(Path file, boolean fixed) throws IOException {
        InputStream in = new GZIPInputStream(new FileInputStream(file.toFile()));
        int bytes = in.readAllBytes().length;
        if (fixed) {
            in.close();
        }
        return bytes;
    }

    private static void writeZip(Path file) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(new FileOutputStream(file.toFile()))) {
            out.putNextEntry(new ZipEntry("entry"));
            out.write(new byte[] {1, 2, 3});
        }
    }

    private static void writeGzip(Path file) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(new FileOutputStream(file.toFile()))) {
            out.write(new byte[] {1, 2, 3});
        }
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E06_ZipAndDirectoryStreams [--fixed]
     */
}
