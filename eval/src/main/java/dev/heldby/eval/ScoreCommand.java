// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code score}: writes the page of figures from the result lines. */
@Command(name = "score", description = "Write docs/accuracy.md from the result lines.")
final class ScoreCommand implements Callable<Integer> {
    @Option(names = "--root", description = "The source tree; the working directory if not given.")
    private Path root = Path.of("");

    @Override
    public Integer call() throws Exception {
        Path tree = root.toAbsolutePath();
        Results results = Results.in(tree);
        Path page = tree.resolve("docs/accuracy.md");
        Files.writeString(page, AccuracyPage.of(results.trials(), results.quiet()));
        System.out.println("written to " + page);
        return 0;
    }
}
