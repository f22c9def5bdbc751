// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.io.IOException;
import java.util.List;

/** Plants one defect after the other in a workload. One thread. */
final class Trials {
    private static final long NEVER = -1;

    private final Runs runs;
    private final Workload workload;
    private final Census census;

    Trials(Runs runs, Workload workload, Census census) {
        this.runs = runs;
        this.workload = workload;
        this.census = census;
    }

    Trial run(Defect defect, String command) throws IOException, InterruptedException {
        PlantFile effect = runs.effect(defect);
        Truth truth = Truth.of(defect, census, effect.refusals());
        long changed = defect.kind().leavesOpen() ? leftOpen(effect) : effect.refused() - census.refused();
        if (changed <= 0) {
            return trial(defect, effect, 0, truth, List.of(), 0, NEVER, false, null, command);
        }
        Runs.Watched watched = runs.watched(defect, true);
        Paranoid paranoid = workload.netty() && defect.kind().leavesOpen() ? runs.paranoid(defect, truth) : null;
        List<Said> said = Said.of(watched.last());
        long foundAt = foundLive(watched, truth);
        boolean live = foundAt != NEVER;
        if (!live && names(said, truth)) {
            foundAt = watched.endedAt();
        }
        return trial(
                defect,
                watched.planted(),
                changed,
                truth,
                said,
                watched.last().findings().size() - said.size(),
                foundAt == NEVER
                        ? NEVER
                        : Math.max(0, foundAt - watched.planted().firstAt()),
                live,
                paranoid,
                command);
    }

    /** Of objects that cannot be asked, what lives were left unended beyond those of the healthy run. */
    private long leftOpen(PlantFile effect) {
        return effect.open() > 0 || effect.mute() == 0
                ? effect.open()
                : Math.min(effect.mute(), effect.unended() - census.unended());
    }

    private static long foundLive(Runs.Watched watched, Truth truth) {
        return watched.looks().stream()
                .filter(look -> names(Said.of(look.findings()), truth))
                .mapToLong(Runs.Look::at)
                .findFirst()
                .orElse(NEVER);
    }

    private static boolean names(List<Said> said, Truth truth) {
        return said.stream().anyMatch(truth::isAnsweredBy);
    }

    private Trial trial(
            Defect defect,
            PlantFile planted,
            long changed,
            Truth truth,
            List<Said> said,
            int more,
            long millisToFind,
            boolean live,
            Paranoid paranoid,
            String command) {
        return new Trial(
                workload.name(),
                defect.site().id(),
                defect.site().calls(),
                defect.kind(),
                defect.rate(),
                defect.seed(),
                planted.spoilt(),
                changed,
                truth,
                said,
                more,
                millisToFind,
                live,
                paranoid,
                command);
    }
}
