// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/** {@link LibraryOperations} at the levels of our own, beside what stands in their place without the library. */
final class CompareLibrary {
    private static final String PLAIN = "without HeldBy";
    private static final List<Operation> OPERATIONS = List.of(
            new Operation("a field's read, by Handle.get", "read", "plainRead"),
            new Operation("an interface's call, by Handle.view", "call", "plainCall"),
            new Operation("a pair, of SaturatingCount", "count", "plainPair"),
            new Operation("a pair, of Handle", "handle", "plainPair"),
            new Operation("a pair, of CountHistory", "history", "plainPair"),
            new Operation("a pair, of SlotCounter", "slot", "plainPair"));

    private static final List<Follower> LEVELS =
            List.of(Follower.HELDBY_OFF, Follower.HELDBY_COUNT, Follower.HELDBY_FULL);

    private CompareLibrary() {}

    /**
     * A row.
     *
     * @param measured the benchmark with the library
     * @param plain the one without it
     */
    private record Operation(String shown, String measured, String plain) {}

    static void run(Rounds rounds) throws RunnerException {
        Medians nanos = new Medians();
        for (int round = 0; round < rounds.count(); round++) {
            for (Operation operation : OPERATIONS) {
                nanos.add(operation.shown, PLAIN, score(rounds, operation.plain, Follower.HELDBY_OFF));
                for (Follower follower : LEVELS) {
                    nanos.add(operation.shown, follower.shown(), score(rounds, operation.measured, follower));
                }
            }
        }
        System.out.println();
        System.out.print(nanos.markdown("ns", (column, score) -> String.format(Locale.ROOT, "%,.2f", score)));
    }

    private static double score(Rounds rounds, String method, Follower follower) throws RunnerException {
        return Rounds.run(rounds.steadyTurn(LibraryOperations.class, method, 1, follower.jvmArguments())
                        .param("follower", follower.name()))
                .iterator()
                .next()
                .getPrimaryResult()
                .getScore();
    }
}
