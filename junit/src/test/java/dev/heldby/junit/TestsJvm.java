// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs test classes in a JVM of their own.
 *
 * @param outcomes by the test's name
 * @param output all that the JVM printed
 */
record TestsJvm(Map<String, Outcome> outcomes, String output) {
    static final Path AGENT = Path.of("target", "classes", "dev", "heldby", "junit", "heldby-agent.jar")
            .toAbsolutePath();

    /**
     * @param junit {@code junit5} or {@code junit6}
     * @param options of the JVM
     * @param arguments of {@link TestsMain}, beyond the first
     */
    static TestsJvm run(Path folder, String junit, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        return run(folder, Path.of(System.getProperty("java.home")), junit, options, arguments);
    }

    static TestsJvm run(Path folder, Path javaHome, String junit, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        Path outcomes = folder.resolve("outcomes");
        Path output = folder.resolve("output");
        Files.deleteIfExists(outcomes);
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve(Path.of("bin", "java")).toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(junit), TestsMain.class.getName(), outcomes.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        if (!Files.exists(outcomes)) {
            throw new AssertionError("The tests' JVM failed:\n" + printed);
        }
        return new TestsJvm(read(outcomes), printed);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Outcome> read(Path file) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
            return (Map<String, Outcome>) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    /** Ours, without the JUnit that runs this, the agent and the assertions; with the JUnit asked for. */
    private static String classPath(String junit) {
        return Path.of("target", "junits", junit + ".jar").toAbsolutePath()
                + File.pathSeparator
                + Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.matches(
                                ".*(org.junit|org.opentest4j|org.apiguardian|org.assertj|surefire|heldby-agent|"
                                        + "heldby/agent).*"))
                        .collect(Collectors.joining(File.pathSeparator));
    }

    Outcome of(String test) {
        Outcome outcome = outcomes.get(test);
        if (outcome == null) {
            throw new AssertionError("No test " + test + " in " + outcomes.keySet() + "\n" + output);
        }
        return outcome;
    }
}
