// SPDX-License-Identifier: Apache-2.0
package com.example;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own, and what came of it: stdout and stderr in one text. */
public record JavaProgram(int exitCode, String output) {

    private static final int LIMIT_SECONDS = 120;

    /** Runs {@code java} with these arguments on the class path of the test. */
    public static JavaProgram run(String... arguments) throws IOException, InterruptedException {
        List<String> withClassPath = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path")));
        withClassPath.addAll(List.of(arguments));
        return java(withClassPath);
    }

    /** Runs {@code java} with these arguments and nothing else. */
    public static JavaProgram java(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile("output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("not finished after " + LIMIT_SECONDS + " s: " + command);
            }
            return new JavaProgram(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }
}
