// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** {@link MillionReferences} at the levels of our own. */
final class CompareMillion {
    private static final List<Follower> FOLLOWERS = List.of(Follower.HELDBY_COUNT, Follower.HELDBY_FULL);

    private CompareMillion() {}

    static void run(Rounds rounds) throws RunnerException {
        Medians seconds = new Medians();
        for (int round = 0; round < rounds.count(); round++) {
            for (Follower follower : FOLLOWERS) {
                List<String> arguments = new ArrayList<>(follower.jvmArguments());
                // The heap is there from the beginning: what the system takes to make it is not what is measured.
                arguments.addAll(List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"));
                for (String part : List.of("take", "report", "release")) {
                    for (RunResult result : Rounds.run(rounds.turn(MillionReferences.class, part, arguments))) {
                        seconds.add(
                                part,
                                follower.shown(),
                                result.getPrimaryResult().getScore());
                    }
                }
            }
        }
        System.out.println();
        System.out.print(
                seconds.markdown("s a million", (follower, score) -> String.format(Locale.ROOT, "%.3f", score)));
    }
}
