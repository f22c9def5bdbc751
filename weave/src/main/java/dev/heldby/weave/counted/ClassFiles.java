// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;

/**
 * The class files that a loader finds, read and never loaded.
 *
 * @param loader the loader
 */
public record ClassFiles(ClassLoader loader) implements Function<String, byte[]> {
    @Override
    public byte[] apply(String name) {
        try (InputStream file = loader.getResourceAsStream(name + ".class")) {
            return file == null ? null : file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The class file of " + name.replace('/', '.') + " cannot be read", e);
        }
    }
}
