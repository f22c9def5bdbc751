// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.analysis.Analysis;
import dev.heldby.eval.plant.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One planted defect from the census to the verdict, in the packaged jars. */
class PlantedDefectIT {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static Workload workload;
    private static Runs runs;

    @BeforeAll
    static void shorten_the_workload() throws Exception {
        Workload orders = Workloads.named(ROOT, "orders");
        List<String> words = orders.arguments();
        List<String> shorter = new java.util.ArrayList<>(words.subList(0, words.size() - 1));
        shorter.add("2000");
        workload = new Workload("it", orders.calls(), orders.rules(), false, shorter);
        runs = new Runs(ROOT, workload);
    }

    @Test
    void should_find_a_release_that_was_left_out() throws Exception {
        Census census = runs.census();
        assertThat(census.refused()).isZero();
        Defect defect = census.sites().stream()
                .map(Census.Counted::site)
                .filter(site -> site.id().startsWith("com.example.orders.FraudCheck.accept")
                        && site.id().endsWith("#2"))
                .map(site -> new Defect(site, Kind.SKIP, 0.1, 1))
                .findFirst()
                .orElseThrow();

        Trial trial = new Trials(runs, workload, census).run(defect, 1, "");

        assertThat(trial.effect()).isBetween(150L, 250L).isEqualTo(trial.spoilt());
        Verdict verdict = new Verdict(trial);
        assertThat(verdict.suspectRank()).isZero();
        assertThat(verdict.expectedRank()).isZero();
        assertThat(trial.findings()).hasSize(1);
        assertThat(trial.findings().get(0).count()).isEqualTo(trial.spoilt());
        assertThat(trial.millisToFind()).isNotNegative();
    }

    @Test
    void should_find_nothing_where_nothing_was_planted() throws Exception {
        Watched quiet = runs.watched(null, false);
        assertThat(Analysis.analyze(quiet.last().orElseThrow().snapshot()).findings())
                .isEmpty();
    }
}
