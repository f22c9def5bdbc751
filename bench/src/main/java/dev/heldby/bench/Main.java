// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import dev.heldby.bench.counted.CompareCounted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the benchmarks that the first argument names and prints a table of the medians, in Markdown. */
public final class Main {
    private static final String USAGE = """
            java -jar heldby-bench.jar buffers AGENT_JAR [ROUNDS] [JMH OPTIONS]   lives of Netty buffers
            java -jar heldby-bench.jar trackers [ROUNDS] [JMH OPTIONS]            a reference taken and released
            java -jar heldby-bench.jar million [ROUNDS] [JMH OPTIONS]             a million references at a time
            java -jar heldby-bench.jar library [ROUNDS] [JMH OPTIONS]             each operation of the library
            java -jar heldby-bench.jar counted [ROUNDS] [JMH OPTIONS]             handles of a counted type
            java -jar heldby-bench.jar door AGENT_JAR [ROUNDS] [JMH OPTIONS]      an off-heap block allocated and freed
            java -jar heldby-bench.jar offheap AGENT_JAR [ROUNDS]                 blocks beyond the heap that are lost
            java -jar heldby-bench.jar scan BLOCKS MEGABYTES                      scans of so many blocks and so much heap
            """;

    private static final int ROUNDS = 3;

    private final String[] arguments;
    private int next;

    private Main(String[] arguments) {
        this.arguments = arguments;
    }

    /** For example {@code trackers 5}, or {@code trackers 1 -wi 1 -w 200ms -i 1 -r 200ms} to see whether it works. */
    public static void main(String[] arguments) throws Exception {
        try {
            new Main(arguments).run();
        } catch (IllegalArgumentException | CommandLineOptionException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
    }

    private void run() throws Exception {
        String what = word("Say what to run.");
        switch (what) {
            case "buffers" -> {
                Path agentJar = agentJar();
                CompareBuffers.run(agentJar, rounds());
            }
            case "trackers" -> CompareTrackers.run(rounds());
            case "million" -> CompareMillion.run(rounds());
            case "library" -> CompareLibrary.run(rounds());
            case "counted" -> CompareCounted.run(rounds());
            case "door" -> {
                Path agentJar = agentJar();
                CompareDoor.run(agentJar, rounds());
            }
            case "offheap" -> {
                Path agentJar = agentJar();
                CompareOffHeap.run(agentJar, rounds().count());
            }
            case "scan" -> ScanCost.run(number("blocks"), number("megabytes"));
            default -> throw new IllegalArgumentException("There is no benchmark \"" + what + "\".");
        }
    }

    private Path agentJar() {
        Path jar = Path.of(word("Give the path of heldby-agent.jar."));
        if (!Files.isReadable(jar)) {
            throw new IllegalArgumentException("\"" + jar + "\" cannot be read: give the path of heldby-agent.jar.");
        }
        return jar.toAbsolutePath();
    }

    private int number(String ofWhat) {
        String word = word("Say how many " + ofWhat + ".");
        if (!word.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "\"" + word + "\" is no number of " + ofWhat + ": give one below a billion.");
        }
        return Integer.parseInt(word);
    }

    private String word(String otherwise) {
        if (next == arguments.length) {
            throw new IllegalArgumentException(otherwise);
        }
        return arguments[next++];
    }

    private Rounds rounds() throws CommandLineOptionException {
        boolean counted = next < arguments.length && arguments[next].matches("[1-9][0-9]*");
        int rounds = counted ? Integer.parseInt(arguments[next++]) : ROUNDS;
        return new Rounds(rounds, new CommandLineOptions(Arrays.copyOfRange(arguments, next, arguments.length)));
    }
}
