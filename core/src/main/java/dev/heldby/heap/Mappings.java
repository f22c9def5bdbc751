// SPDX-License-Identifier: Apache-2.0
package dev.heldby.heap;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The text of {@code /proc/self/maps}, read without a buffer off the heap, which would be one more block. */
public final class Mappings {
    private Mappings() {}

    public static String text() throws IOException {
        try (InputStream maps = new FileInputStream("/proc/self/maps")) {
            return new String(maps.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
