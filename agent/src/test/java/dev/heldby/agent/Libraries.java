// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The jars that watched programs use. */
final class Libraries {
    private Libraries() {}

    /** The Netty that the tests were compiled with. */
    static List<Path> netty() {
        return named("netty-");
    }

    /** Of the tests' own class path, the jars whose names contain that. */
    static List<Path> named(String part) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains(part))
                .map(Path::of)
                .toList();
    }

    /** Jars that the build has copied to a folder of that name. */
    static List<Path> copied(String folder) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "libraries", folder))) {
            return jars.toList();
        }
    }
}
