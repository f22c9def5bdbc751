// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import java.io.IOException;
import java.util.List;

/** Plants one defect after the other in a workload. One thread. */
final class Trials {
    private final Runs runs;
    private final Workload workload;
    private final Census census;

    Trials(Runs runs, Workload workload, Census census) {
        this.runs = runs;
        this.workload = workload;
        this.census = census;
    }

    Trial run(Defect defect, long chosenBy, String command) throws IOException, InterruptedException {
        PlantFile effect = runs.effect(defect);
        Truth truth = Truth.of(defect, census, effect);
        long changed = defect.kind().leavesOpen() ? leftOpen(effect) : effect.refused() - census.refused();
        if (changed <= 0) {
            return unwatched(defect, effect.spoilt(), 0, truth, null, chosenBy, command);
        }
        Watched watched = runs.watched(defect, true);
        Paranoid paranoid = workload.netty() && defect.kind().leavesOpen() ? runs.paranoid(defect, truth) : null;
        return unwatched(defect, effect.spoilt(), changed, truth, paranoid, chosenBy, command)
                .judged(watched);
    }

    /** Of objects that cannot be asked, what lives were left unended beyond those of the healthy run. */
    private long leftOpen(PlantFile effect) {
        return effect.open() > 0 || effect.mute() == 0
                ? effect.open()
                : Math.min(effect.mute(), effect.unended() - census.unended());
    }

    private Trial unwatched(
            Defect defect, long spoilt, long changed, Truth truth, Paranoid paranoid, long chosenBy, String command) {
        return new Trial(
                workload.name(),
                defect.site().id(),
                defect.site().calls(),
                defect.kind(),
                defect.rate(),
                defect.seed(),
                spoilt,
                changed,
                truth,
                List.of(),
                0,
                -1,
                false,
                paranoid,
                chosenBy,
                command);
    }
}
