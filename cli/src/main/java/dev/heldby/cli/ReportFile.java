// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is written at the end: a report, or what was learnt. */
final class ReportFile {
    private ReportFile() {}

    /** Refuses what cannot be written to before a program is run for it. */
    static void check(Path file) throws Failure {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw Failure.badUse("the folder '" + folder + "' for '" + file.getFileName() + "' does not exist.");
        }
        if (Files.isDirectory(file) || Files.exists(file) && !Files.isWritable(file)) {
            throw Failure.badUse("the file '" + file + "' cannot be written.");
        }
    }

    static void write(Path file, byte[] content) throws Failure {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw Failure.failed("the report could not be written to '" + file + "': " + Reason.of(e) + ".", e);
        }
    }
}
