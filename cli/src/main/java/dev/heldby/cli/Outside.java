// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import dev.heldby.weave.counted.ClassFiles;
import dev.heldby.weave.counted.ClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/** The class files that a woven program uses beside its own: of its class path, and of the JDK that runs this. */
final class Outside implements Function<String, byte[]> {
    private static final ClassFiles JDK = new ClassFiles(ClassLoader.getPlatformClassLoader());

    private final ClassPath inputs;
    private final ClassPath libraries = new ClassPath();

    Outside(ClassPath inputs, String classPath) throws Failure {
        this.inputs = inputs;
        for (String entry : classPath.split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                add(Path.of(entry));
            }
        }
    }

    private void add(Path entry) throws Failure {
        try {
            libraries.add(entry);
        } catch (IOException e) {
            throw Failure.badUse("'" + entry + "' of the --classpath cannot be read: " + Reason.of(e)
                    + "; name folders and jars with '" + File.pathSeparator + "' between.");
        }
    }

    @Override
    public byte[] apply(String name) {
        byte[] file = inputs.apply(name);
        if (file == null) {
            file = libraries.apply(name);
        }
        return file == null ? JDK.apply(name) : file;
    }
}
