// SPDX-License-Identifier: Apache-2.0
package com.example.defects;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The greeting in the first line of a file. Defect: the stream of an empty file stays open. */
final class Banner {

    private static final String DEFAULT = "Hello";

    private final boolean fixed;

    Banner(boolean fixed) {
        this.fixed = fixed;
    }

    String firstLine(Path file) throws IOException {
        InputStream in = new FileInputStream(file.toFile());
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            if (fixed) {
                in.close();
            }
            return DEFAULT;
        }
        in.close();
        return text.lines().findFirst().orElse(DEFAULT);
    }
}
