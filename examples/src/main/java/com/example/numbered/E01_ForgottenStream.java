// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/*
 * A stream that is closed when all goes well and forgotten on an early return.
 *
 * Notice:
 *  - five streams are opened on one line; four of them are closed, and where they are closed is known;
 *  - the fifth, of the empty file, leaves through 'return true', and that is where its close() is missing.
 */
public final class E01_ForgottenStream {

    private E01_ForgottenStream() {}

    public static void main(String[] args) throws IOException {
        boolean fixed = List.of(args).contains("--fixed");
        Path empty = Files.createTempFile("empty", ".txt");
        Path full = Files.writeString(Files.createTempFile("full", ".txt"), "text");
        for (Path file : List.of(full, full, empty, full, full)) {
            System.out.println(isEmpty(file, fixed) ? "empty" : "not empty");
        }
        Files.delete(empty);
        Files.delete(full);
    }

    private static boolean isEmpty(Path file, boolean fixed) throws IOException {
        InputStream in = new FileInputStream(file.toFile());
        if (in.read() < 0) {
            if (fixed) {
                in.close();
            }
            return true;
        }
        in.close();
        return false;
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E01_ForgottenStream [--fixed]
     */
}
