// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The jars and folders that a jar's manifest puts on the class path behind it. */
final class ManifestPath {
    private ManifestPath() {}

    static ArrayDeque<Path> of(Path root) throws IOException {
        ArrayDeque<Path> named = new ArrayDeque<>();
        if (!Files.isDirectory(root)) {
            try (JarFile jar = new JarFile(root.toFile(), false)) {
                Manifest manifest = jar.getManifest();
                String path =
                        manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
                for (String word : path == null || path.isBlank()
                        ? new String[0]
                        : path.strip().split("\\s+")) {
                    add(root.toUri().resolve(word), named);
                }
            } catch (IllegalArgumentException e) {
                return named; // Something there is no address of a file; the JVM passes over it, too.
            }
        }
        return named;
    }

    private static void add(URI address, ArrayDeque<Path> named) {
        try {
            named.add(Path.of(address));
        } catch (FileSystemNotFoundException e) {
            return; // It lies on the network, where the JVM would not look for it either.
        }
    }
}
