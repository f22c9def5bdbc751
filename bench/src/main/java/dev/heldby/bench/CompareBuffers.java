// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** {@link BufferLifecycle} under every {@link Detector}. */
final class CompareBuffers {
    private CompareBuffers() {}

    static void run(Path agentJar, Rounds rounds) throws RunnerException {
        Medians nanos = new Medians();
        for (int round = 0; round < rounds.count(); round++) {
            for (int threads = 1; threads <= 2; threads++) {
                for (Detector detector : Detector.values()) {
                    for (RunResult result : Rounds.run(rounds.steadyTurn(
                            BufferLifecycle.class, "live", threads, detector.jvmArguments(agentJar)))) {
                        nanos.add(
                                setting(result, threads),
                                detector.shown(),
                                result.getPrimaryResult().getScore());
                    }
                }
            }
        }
        System.out.println();
        System.out.print(nanos.markdown("ns a life", (detector, score) -> String.format(Locale.ROOT, "%,.0f", score)));
    }

    private static String setting(RunResult result, int threads) {
        return result.getParams().getParam("allocator") + ", depth "
                + result.getParams().getParam("depth") + ", " + threads + (threads == 1 ? " thread" : " threads");
    }
}
