// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import dev.heldby.bench.Medians;
import dev.heldby.bench.Rounds;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** {@link HandleCosts} of each way of closing, beside a count by hand; then {@link Promptness}. */
public final class CompareCounted {
    private static final List<String> SHARED = List.of("handOver", "store");

    private CompareCounted() {}

    /** Prints both tables. */
    public static void run(Rounds rounds) throws RunnerException {
        Medians nanos = new Medians();
        for (int round = 0; round < rounds.count(); round++) {
            for (Closing closing : Closing.values()) {
                for (String shared : closing.counts() ? SHARED : List.<String>of()) {
                    measure(shared, closing, rounds, nanos);
                }
                measure("life", closing, rounds, nanos);
            }
        }
        System.out.println();
        System.out.println(nanos.markdown("ns (times a count by hand)", (work, score) -> cell(nanos, work, score)));
        System.out.print(Promptness.table());
    }

    private static void measure(String work, Closing closing, Rounds rounds, Medians nanos) throws RunnerException {
        for (RunResult result : Rounds.run(rounds.steadyTurn(HandleCosts.class, work, 1, closing.jvmArguments())
                .param("closing", closing.name()))) {
            nanos.add(closing.shown(), work, result.getPrimaryResult().getScore());
        }
    }

    private static String cell(Medians nanos, String work, double score) {
        double byHand = nanos.of(Closing.RETAINED.shown(), work);
        return Double.isNaN(score) ? "" : String.format(Locale.ROOT, "%,.1f (%.2f)", score, score / byHand);
    }
}
