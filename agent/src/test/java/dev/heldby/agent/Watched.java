// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Snapshot;
import dev.heldby.snapshot.SnapshotFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ran in a JVM of its own under the packaged agent, and what came of it.
 *
 * @param snapshot null if none was written
 */
record Watched(int exitCode, String out, String err, Snapshot snapshot) {
    private static final int LIMIT_SECONDS = 120;

    /** How to run one. */
    static final class Launch {
        private final Path home;
        private final List<String> jvm = new ArrayList<>();
        private final List<Path> classPath =
                new ArrayList<>(List.of(Path.of("target", "test-classes").toAbsolutePath()));
        private String options = "level=full";
        private final List<String> before = new ArrayList<>();
        private boolean snapshot = true;

        Launch(Path home) {
            this.home = home;
        }

        static Launch onJdk(int feature) {
            return new Launch(Jdk.home(feature));
        }

        static Launch onThisJdk() {
            return new Launch(Path.of(System.getProperty("java.home")));
        }

        /** The agent's options but for the snapshot. */
        Launch options(String agentOptions) {
            options = agentOptions;
            return this;
        }

        Launch withoutSnapshot() {
            snapshot = false;
            return this;
        }

        /** What is to start the JVM, in front of its command. */
        Launch by(String... command) {
            before.addAll(List.of(command));
            return this;
        }

        Launch jvm(String... arguments) {
            jvm.addAll(List.of(arguments));
            return this;
        }

        Launch classPath(List<Path> more) {
            classPath.addAll(more);
            return this;
        }

        Launch onlyClassPath(List<Path> entries) {
            classPath.clear();
            return classPath(entries);
        }

        Watched run(Class<?> program, String... arguments) throws IOException, InterruptedException {
            return run(program.getName(), arguments);
        }

        Watched run(String program, String... arguments) throws IOException, InterruptedException {
            Path folder = folder();
            Path file = folder.resolve("snapshot");
            List<String> command =
                    command(folder, "-javaagent:" + jar() + "=" + options + (snapshot ? ",snapshot=" + file : ""));
            command.add(program);
            command.addAll(Arrays.asList(arguments));
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("not finished after " + LIMIT_SECONDS + " s: " + command + "\n"
                            + Files.readString(out) + Files.readString(err));
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            return new Watched(
                    process.exitValue(),
                    Files.readString(out),
                    Files.readString(err),
                    Files.exists(file) ? read(file) : null);
        }

        /** Starts it without the agent. */
        Process start(Class<?> program, String... arguments) throws IOException {
            Path folder = folder();
            List<String> command = command(folder);
            command.add(program.getName());
            command.addAll(Arrays.asList(arguments));
            return new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        /* For all that a run leaves behind. */
        private static Path folder() throws IOException {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "watched").toAbsolutePath()), "");
        }

        private List<String> command(Path folder, String... agent) {
            List<String> command = new ArrayList<>(before);
            command.add(home.resolve("bin/java").toString());
            command.addAll(List.of(agent));
            command.add("-Djava.io.tmpdir=" + folder);
            command.addAll(jvm);
            command.add("-cp");
            command.add(String.join(
                    java.io.File.pathSeparator,
                    classPath.stream()
                            .map(Path::toAbsolutePath)
                            .map(Path::toString)
                            .toList()));
            return command;
        }
    }

    /** The jar that users get. */
    static Path jar() {
        return Path.of("target", "heldby-agent.jar").toAbsolutePath();
    }

    static Snapshot read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SnapshotFile.read(in);
        }
    }

    /** What is wrong: all but the things held at the end that were born beneath a frame named as lifelong. */
    List<Observation> findings() {
        if (snapshot == null) {
            throw new AssertionError("No snapshot was written; exit code " + exitCode + "\n" + out + err);
        }
        return findings(snapshot);
    }

    static List<Observation> findings(Snapshot snapshot) {
        return snapshot.observations().stream()
                .filter(observation -> observation.state() != Observation.State.HELD_AT_EXIT
                        || snapshot.rules().stream()
                                .filter(rule -> rule.name().equals(observation.rule()))
                                .noneMatch(rule -> rule.mayHoldForLife(
                                        observation.example().birth())))
                .toList();
    }

    /** Whether the example was born in a method of that name of that class. */
    static boolean bornIn(Observation observation, Class<?> type, String method) {
        return observation.example().birth().stream()
                .anyMatch(frame -> frame.getClassName().equals(type.getName())
                        && frame.getMethodName().equals(method));
    }
}
