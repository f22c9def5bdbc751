// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of the tests in a JVM of its own. */
public final class ChildJvm {
    private ChildJvm() {}

    /** Runs its main method with those options; returns what it wrote, and fails if it did. */
    public static String run(Class<?> program, String... options) throws IOException, InterruptedException {
        return run(program, options, new String[0]);
    }

    /** Runs its main method with those arguments, too. */
    public static String run(Class<?> program, String[] options, String[] arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(program.getName() + " failed: " + output);
        }
        return output;
    }
}
