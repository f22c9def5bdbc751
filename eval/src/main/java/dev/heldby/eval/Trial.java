// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.analysis.Analysis;
import dev.heldby.analysis.Findings;
import dev.heldby.eval.plant.Kind;
import java.io.IOException;
import java.util.List;

/**
 * One planted defect and what came of it: a line of the results.
 *
 * @param spoilt how often the call was spoilt in the run that HeldBy watched
 * @param effect objects that lack the release, or refusals, in the run without HeldBy; zero if the defect was none
 * @param findings of HeldBy, in its order
 * @param more findings that are not in the list
 * @param millisToFind from the first spoilt call to the first report with a right suspect; -1 if there was none
 * @param live whether that report was made while the program ran, and not at its end
 * @param paranoid null where Netty's detector was not asked
 * @param chosenBy the seed that chose the defect
 * @param command that repeats it
 */
record Trial(
        String workload,
        String site,
        String calls,
        Kind kind,
        double rate,
        long seed,
        long spoilt,
        long effect,
        Truth truth,
        List<Said> findings,
        int more,
        long millisToFind,
        boolean live,
        Paranoid paranoid,
        long chosenBy,
        String command) {
    private static final long NEVER = -1;

    /** The same defect with what this analysis says of the run. */
    Trial judged(Watched watched) throws IOException {
        PlantFile planted = watched.planted();
        Watched.Look last = watched.last().orElseThrow();
        Findings findings = Analysis.analyze(last.snapshot());
        List<Said> said = Said.of(findings);
        long foundAt = foundLive(watched);
        boolean foundLive = foundAt != NEVER;
        if (!foundLive && isAnsweredIn(said)) {
            foundAt = last.at();
        }
        return new Trial(
                workload,
                site,
                calls,
                kind,
                rate,
                seed,
                planted.spoilt(),
                effect,
                truth,
                said,
                findings.findings().size() - said.size(),
                foundAt == NEVER ? NEVER : Math.max(0, foundAt - planted.firstAt()),
                foundLive,
                paranoid,
                chosenBy,
                command);
    }

    private long foundLive(Watched watched) throws IOException {
        for (Watched.Look look : watched.looks()) {
            if (isAnsweredIn(Said.of(Analysis.analyze(look.snapshot())))) {
                return look.at();
            }
        }
        return NEVER;
    }

    private boolean isAnsweredIn(List<Said> said) {
        return said.stream().anyMatch(truth::isAnsweredBy);
    }
}
