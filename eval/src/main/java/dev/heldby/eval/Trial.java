// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import dev.heldby.eval.plant.Kind;
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
        String command) {}
