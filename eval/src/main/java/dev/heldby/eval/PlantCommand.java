// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.CallSite;
import dev.heldby.eval.plant.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plant}: plants defects that a seed chooses, or one that is named, and adds a result line for each. */
@Command(name = "plant", description = "Plant defects, watch each with HeldBy, and add a result line for each.")
final class PlantCommand implements Callable<Integer> {
    @Option(names = "--seed", description = "Chooses sites, kinds and rates; ${DEFAULT-VALUE} if not given.")
    private long seed = 1;

    @Option(names = "--defects", description = "How many in each workload; ${DEFAULT-VALUE} if not given.")
    private int defects = 6;

    @Option(names = "--skip", description = "Pass over the first of them, which an earlier run has done.")
    private int skip;

    @Option(names = "--workload", description = "Only this one.")
    private String only;

    @Option(names = "--site", description = "Plant at this site, as the census names it, instead of choosing.")
    private String site;

    @Option(names = "--kind", description = "With --site: ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.SKIP;

    @Option(names = "--rate", description = "With --site: the share of executions to spoil.")
    private double rate = 1;

    @Option(names = "--root", description = "The source tree; the working directory if not given.")
    private Path root = Path.of("");

    @Override
    public Integer call() throws Exception {
        Path tree = root.toAbsolutePath();
        List<Workload> workloads = only == null ? Workloads.all(tree) : List.of(Workloads.named(tree, only));
        for (Workload workload : workloads) {
            Runs runs = new Runs(tree, workload);
            Census census = runs.census();
            Trials trials = new Trials(runs, workload, census);
            for (Defect defect : chosen(census)) {
                run(tree, trials, defect, seed, command(workload, defect));
            }
        }
        return 0;
    }

    /** A run that fails is a fault of the evaluation; the others go on. */
    private static void run(Path tree, Trials trials, Defect defect, long chosenBy, String command)
            throws InterruptedException {
        try {
            Trial trial = trials.run(defect, chosenBy, command);
            Results.in(tree).add(trial);
            System.out.println(line(trial));
        } catch (IOException | RuntimeException e) {
            System.out.println("failed: " + command + ": " + e);
        }
    }

    private List<Defect> chosen(Census census) {
        if (site == null) {
            List<Defect> all = new Choice(census, seed).choose(defects);
            return all.subList(Math.min(skip, all.size()), all.size());
        }
        CallSite named = census.sites().stream()
                .map(Census.Counted::site)
                .filter(one -> one.id().equals(site))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown site \"" + site + "\"; see the census."));
        return List.of(new Defect(named, kind, rate, seed));
    }

    private static String command(Workload workload, Defect defect) {
        return "plant --workload " + workload.name() + " --site '"
                + defect.site().id() + "' --kind " + defect.kind() + " --rate " + defect.rate() + " --seed "
                + defect.seed();
    }

    private static String line(Trial trial) {
        Verdict verdict = new Verdict(trial);
        return String.format(
                Locale.ROOT,
                "%s %s %.3f %s: spoilt %d, effect %d, suspect %d (caller %d), expected %d, %d ms%s, netty %s",
                trial.workload(),
                trial.kind(),
                trial.rate(),
                trial.site(),
                trial.spoilt(),
                trial.effect(),
                verdict.suspectRank(),
                verdict.callerRank(),
                verdict.expectedRank(),
                trial.millisToFind(),
                trial.live() ? " live" : "",
                trial.paranoid());
    }
}
