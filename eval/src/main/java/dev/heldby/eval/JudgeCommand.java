// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code judge}: asks this analysis about the runs that others were asked about. */
@Command(name = "judge", description = "Analyse the kept runs again, and write their result lines anew.")
final class JudgeCommand implements Callable<Integer> {
    @Option(names = "--root", description = "The source tree; the working directory if not given.")
    private Path root = Path.of("");

    @Override
    public Integer call() throws IOException {
        Path tree = root.toAbsolutePath();
        Results results = Results.in(tree);
        List<Trial> judged = new ArrayList<>();
        int gone = 0;
        for (Trial trial : results.trials()) {
            Watched watched = Runs.kept(tree, trial);
            boolean ask = trial.effect() > 0 && watched.isThere();
            gone += trial.effect() > 0 && !ask ? 1 : 0;
            judged.add(ask ? trial.judged(watched) : trial);
        }
        results.replace(judged);
        System.out.println(judged.size() - gone + " lines written; of " + gone + " the run is not kept.");
        return 0;
    }
}
