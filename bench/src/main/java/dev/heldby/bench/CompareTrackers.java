// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** {@link TakeAndRelease} with every {@link Follower}, beside the fastest peer that records both stacks. */
final class CompareTrackers {
    private CompareTrackers() {}

    static void run(Rounds rounds) throws RunnerException {
        Medians nanos = new Medians();
        for (int round = 0; round < rounds.count(); round++) {
            for (int threads = 1; threads <= 2; threads++) {
                for (Follower follower : Follower.values()) {
                    for (RunResult result :
                            Rounds.run(rounds.steadyTurn(TakeAndRelease.class, "pair", threads, follower.jvmArguments())
                                    .param("follower", follower.name()))) {
                        nanos.add(
                                follower.shown(),
                                setting(result, threads),
                                result.getPrimaryResult().getScore());
                    }
                }
            }
        }
        System.out.println();
        System.out.print(nanos.markdown(
                "ns a pair (times the fastest peer)",
                (setting, score) ->
                        String.format(Locale.ROOT, "%,.1f (%.3f)", score, score / fastestPeer(nanos, setting))));
    }

    private static String setting(RunResult result, int threads) {
        return "depth " + result.getParams().getParam("depth") + ", " + threads
                + (threads == 1 ? " thread" : " threads");
    }

    private static double fastestPeer(Medians nanos, String setting) {
        return Arrays.stream(Follower.values())
                .filter(Follower::isPeer)
                .mapToDouble(follower -> nanos.of(follower.shown(), setting))
                .min()
                .orElseThrow();
    }
}
