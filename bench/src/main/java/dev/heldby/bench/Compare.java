// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link BufferLifecycle} under every detector, in turn and over again, and prints a table of the medians.
 *
 * <p>How to run: {@code java -jar bench/target/heldby-bench.jar agent/target/heldby-agent.jar [ROUNDS]}
 */
public final class Compare {
    private static final int ROUNDS = 3;

    private final Path agentJar;
    private final Map<String, Map<Detector, List<Double>>> nanos = new TreeMap<>();

    private Compare(Path agentJar) {
        this.agentJar = agentJar;
    }

    /** Takes the agent's jar and, if wanted, how many times each detector has its turn. */
    public static void main(String[] arguments) throws RunnerException {
        if (arguments.length < 1 || !Files.isReadable(Path.of(arguments[0]))) {
            System.err.println("Give the path of heldby-agent.jar: java -jar heldby-bench.jar AGENT_JAR [ROUNDS]");
            System.exit(2);
        }
        Compare compare = new Compare(Path.of(arguments[0]).toAbsolutePath());
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        for (int round = 0; round < rounds; round++) {
            for (int threads = 1; threads <= 2; threads++) {
                for (Detector detector : Detector.values()) {
                    compare.run(detector, threads);
                }
            }
        }
        compare.print();
    }

    private void run(Detector detector, int threads) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(BufferLifecycle.class.getSimpleName())
                        .forks(1)
                        .threads(threads)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(1))
                        .jvmArgsPrepend(detector.jvmArguments(agentJar).toArray(String[]::new))
                        .build())
                .run();
        for (RunResult result : results) {
            String setting = String.format(
                    Locale.ROOT,
                    "%-8s depth %s, threads %d",
                    result.getParams().getParam("allocator"),
                    result.getParams().getParam("depth"),
                    threads);
            nanos.computeIfAbsent(setting, k -> new EnumMap<>(Detector.class))
                    .computeIfAbsent(detector, k -> new ArrayList<>())
                    .add(result.getPrimaryResult().getScore());
        }
    }

    private void print() {
        System.out.printf("%n%-30s", "ns a life, median");
        for (Detector detector : Detector.values()) {
            System.out.printf("%16s", detector.name().toLowerCase(Locale.ROOT));
        }
        nanos.forEach((setting, byDetector) -> {
            System.out.printf("%n%-30s", setting);
            byDetector.values().forEach(scores -> System.out.printf(Locale.ROOT, "%16.0f", median(scores)));
        });
        System.out.println();
    }

    private static double median(List<Double> scores) {
        return scores.stream().sorted().toList().get(scores.size() / 2);
    }
}
