// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.analysis.Analysis;
import dev.heldby.analysis.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quiet}: runs the workloads without a defect; every finding is one too many. */
@Command(name = "quiet", description = "Run the workloads as they are, and add a result line for each run.")
final class QuietCommand implements Callable<Integer> {
    @Option(names = "--runs", description = "How many of each; ${DEFAULT-VALUE} if not given.")
    private int runs = 10;

    @Option(names = "--workload", description = "Only this one.")
    private String only;

    @Option(names = "--root", description = "The source tree; the working directory if not given.")
    private Path root = Path.of("");

    @Override
    public Integer call() throws Exception {
        Path tree = root.toAbsolutePath();
        List<Workload> workloads = only == null ? Workloads.all(tree) : List.of(Workloads.named(tree, only));
        for (Workload workload : workloads) {
            for (int run = 0; run < runs; run++) {
                Watched watched = new Runs(tree, workload).watched(null, false);
                Findings found = Analysis.analyze(watched.last().orElseThrow().snapshot());
                int findings = found.findings().size();
                Results.in(tree)
                        .add(new Results.Quiet(
                                workload.name(),
                                findings,
                                Said.of(found),
                                "quiet --runs 1 --workload " + workload.name()));
                System.out.println(workload.name() + ": " + findings + " findings");
                Said.of(found).forEach(said -> System.out.println("  " + said.summary()));
            }
        }
        return 0;
    }
}
