// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code census}: shows a workload's sites and how often each is reached. */
@Command(name = "census", description = "Show the sites of a workload, and how often each is reached.")
final class CensusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "WORKLOAD", description = "Its name.")
    private String workload;

    @Option(names = "--root", description = "The source tree; the working directory if not given.")
    private Path root = Path.of("");

    @Override
    public Integer call() throws Exception {
        Path tree = root.toAbsolutePath();
        Census census = new Runs(tree, Workloads.named(tree, workload)).census();
        census.sites().stream()
                .filter(counted -> counted.count() > 0)
                .sorted(Comparator.comparingLong(Census.Counted::count).reversed())
                .forEach(counted -> System.out.printf(
                        "%,9d  %,9d paired  %s  line %d  %s%n",
                        counted.count(),
                        census.paired(counted.site()),
                        counted.site().id(),
                        counted.site().line(),
                        counted.site().calls()));
        System.out.println(census.refused() + " refused");
        return 0;
    }
}
