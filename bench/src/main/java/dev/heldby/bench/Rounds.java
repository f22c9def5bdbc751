// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How often everything is measured in turns, and how long each time: what the command line says, else what is usual here. */
public record Rounds(int count, CommandLineOptions options) {

    /** One turn: that method of a benchmark in a JVM with those arguments. */
    ChainedOptionsBuilder turn(Class<?> benchmark, String method, List<String> jvmArguments) {
        return new OptionsBuilder()
                .parent(options)
                .include("^" + benchmark.getName() + "\\." + method + "$")
                .forks(1)
                .jvmArgsPrepend(jvmArguments.toArray(String[]::new));
    }

    /** As {@link #turn}, for what is measured many times in a row. */
    public ChainedOptionsBuilder steadyTurn(Class<?> benchmark, String method, int threads, List<String> jvmArguments) {
        return turn(benchmark, method, jvmArguments)
                .threads(threads)
                .warmupIterations(options.getWarmupIterations().orElse(2))
                .warmupTime(options.getWarmupTime().orElse(TimeValue.seconds(1)))
                .measurementIterations(options.getMeasurementIterations().orElse(3))
                .measurementTime(options.getMeasurementTime().orElse(TimeValue.seconds(1)));
    }

    /**
     * Runs one turn.
     *
     * @throws RunnerException also if a JVM failed, so that no table lacks what it should show
     */
    public static Collection<RunResult> run(ChainedOptionsBuilder turn) throws RunnerException {
        return new Runner(turn.shouldFailOnError(true).build()).run();
    }
}
