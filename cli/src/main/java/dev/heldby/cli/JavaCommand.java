// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A command line that starts a JVM: the launcher, then its arguments. */
record JavaCommand(String launcher, List<String> arguments) {
    private static final Set<String> LAUNCHERS = Set.of("java", "java.exe", "javaw", "javaw.exe");

    static JavaCommand of(List<String> words) throws Failure {
        if (words.isEmpty()) {
            throw Failure.badUse(
                    "there is no command to run; write it behind two dashes: heldby run -- java -jar app.jar");
        }
        String launcher = words.get(0);
        if (!LAUNCHERS.contains(Path.of(launcher).getFileName().toString())) {
            throw Failure.badUse("'" + launcher
                    + "' is not a java launcher; give the java command that it starts in the end,"
                    + " or start it as usual and use 'heldby attach PID'.");
        }
        return new JavaCommand(launcher, List.copyOf(words.subList(1, words.size())));
    }

    /** The launcher of the JVM that runs this. */
    static JavaCommand ofThisJvm(List<String> arguments) {
        return new JavaCommand(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), List.copyOf(arguments));
    }

    /**
     * The agent comes first so that it watches what other agents do. It is given on the command line: a JVM that is told
     * through the environment says so on its standard error, and so do those it starts.
     */
    List<String> withAgent(Path jar, AgentOptions options) {
        List<String> words = new ArrayList<>();
        words.add(launcher);
        words.add("-javaagent:" + jar + "=" + options);
        words.addAll(arguments);
        return words;
    }
}
