// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import com.example.leaky.LibraryUser;
import dev.heldby.tracker.Directory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the packaged command did in a process of its own. */
record Started(int exitCode, String out, String err) {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** The rules for what the program of the tests opens. */
    static final String RULES = Path.of("target", "test-classes", "com", "example", "leaky", "drawer.rules")
            .toAbsolutePath()
            .toString();

    /** The example programs, with all they need. */
    static final String EXAMPLES = Path.of("target", "classes", "dev", "heldby", "cli", "heldby-examples.jar")
            .toAbsolutePath()
            .toString();

    private static final Path JAR = Path.of("target", "heldby.jar").toAbsolutePath();
    private static final long LIMIT_SECONDS = 120;

    static Started heldby(Path folder, String... args) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(JAVA, "-jar", JAR.toString()));
        words.addAll(List.of(args));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("HELDBY_CACHE", folder.resolve("cache").toString());
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(words + " did not end; it said " + Files.readString(out) + Files.readString(err));
        }
        return new Started(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** The arguments that start the program of the tests. */
    static String[] program(String... words) {
        List<String> arguments = new ArrayList<>(List.of(
                JAVA,
                "-cp",
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                "com.example.leaky.ForgetfulProgram"));
        arguments.addAll(List.of(words));
        return arguments.toArray(String[]::new);
    }

    /** The arguments that start a program with the tracking library on its class path. */
    static String[] libraryUser() {
        String library = Directory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        String classes = Path.of("target", "test-classes").toAbsolutePath().toString();
        return new String[] {JAVA, "-cp", classes + File.pathSeparator + library, LibraryUser.class.getName()};
    }

    /** {@code heldby run OPTIONS -- PROGRAM}. */
    static String[] run(List<String> options, String... words) {
        List<String> args = new ArrayList<>(List.of("run", "--rules", RULES));
        args.addAll(options);
        args.add("--");
        args.addAll(List.of(program(words)));
        return args.toArray(String[]::new);
    }

    /** {@code heldby run OPTIONS -- EXAMPLE}. */
    static String[] runExample(List<String> options, String... mainClassAndWords) {
        List<String> args = new ArrayList<>(List.of("run"));
        args.addAll(options);
        args.addAll(List.of("--", JAVA, "-cp", EXAMPLES));
        args.addAll(List.of(mainClassAndWords));
        return args.toArray(String[]::new);
    }
}
