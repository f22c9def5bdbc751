// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** {@link BlockPair} without the agent and at each level of the rule {@code memory}. */
final class CompareDoor {
    private CompareDoor() {}

    static void run(Path agentJar, Rounds rounds) throws RunnerException {
        Medians nanos = new Medians();
        for (int round = 0; round < rounds.count(); round++) {
            for (int threads = 1; threads <= 2; threads++) {
                measure("none", List.of(), threads, rounds, nanos);
                for (String level : List.of("off", "count", "trace")) {
                    String agent = "-javaagent:" + agentJar + "=mode=junit,level=off,level.memory=" + level;
                    measure("HeldBy " + level, List.of(agent), threads, rounds, nanos);
                }
            }
        }
        System.out.println();
        System.out.print(nanos.markdown("ns a pair", (threads, score) -> String.format(Locale.ROOT, "%,.0f", score)));
    }

    private static void measure(String row, List<String> jvm, int threads, Rounds rounds, Medians nanos)
            throws RunnerException {
        for (RunResult result : Rounds.run(rounds.steadyTurn(BlockPair.class, "pair", threads, jvm))) {
            nanos.add(
                    row,
                    threads + (threads == 1 ? " thread" : " threads"),
                    result.getPrimaryResult().getScore());
        }
    }
}
