// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import static dev.heldby.eval.Samples.GIVEN;
import static dev.heldby.eval.Samples.OTHER;
import static dev.heldby.eval.Samples.TAKEN;
import static dev.heldby.eval.Samples.said;
import static dev.heldby.eval.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.eval.plant.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static final Verdict RIGHT =
            verdict(Kind.SKIP, 0.1, Samples.leftOut(), said("missing-release", 0.95, TAKEN, GIVEN));
    private static final Verdict WRONG =
            verdict(Kind.SKIP, 0.1, Samples.leftOut(), said("missing-release", 0.6, OTHER));
    private static final Verdict UNKNOWN =
            verdict(Kind.SKIP, 0.1, Samples.unknownPartner(), said("missing-release", 1, OTHER, GIVEN));

    @Test
    void should_count_only_trials_that_a_column_concerns() {
        assertThat(new Row(List.of(RIGHT, WRONG, UNKNOWN)).cells())
                .isEqualTo("3 | 1 of 2 | 1 of 2 | 2 of 3 | 2 of 3 | 1.5 s |  | ");
    }

    @Test
    void should_say_which_aims_are_met() {
        List<String> lines =
                new Aims(List.of(RIGHT, UNKNOWN), List.of(new Results.Quiet("shop", 0, List.of(), ""))).lines();
        assertThat(lines)
                .anyMatch(line -> line.contains("first expected")
                        && line.endsWith("| at least 95 % | 2 | 100 % | 2 | 100 % | met |"));
        assertThat(lines)
                .anyMatch(line ->
                        line.contains("too many") && line.endsWith("| at least 90 % | 0 |  | 0 |  | not measured |"));
        assertThat(new Aims(List.of(WRONG), List.of()).lines())
                .anyMatch(line ->
                        line.contains("first expected") && line.contains("| 1 | 0 %") && line.endsWith("| missed |"));
        assertThat(lines)
                .anyMatch(line ->
                        line.contains("without a defect") && line.endsWith("| 1 runs | 1 silent |  |  | met |"));
    }

    @Test
    void should_put_first_findings_into_buckets_of_confidence() {
        assertThat(Calibration.lines(List.of(RIGHT, WRONG, UNKNOWN)))
                .contains("| 0.95 to 1.00 | 1 | 1 of 1 |", "| 0.60 to 0.75 | 1 | 0 of 1 |", "| 1 | 1 | 1 of 1 |");
    }

    @Test
    void should_leave_out_what_had_no_effect() {
        Trial noEffect = Samples.trial(Kind.SKIP, 1, Samples.leftOut(), 0);
        String page = AccuracyPage.of(List.of(RIGHT.trial(), noEffect), List.of());
        assertThat(page).contains("1 of 2 planted calls had no effect").contains("| all | all | 1 | 1 of 1 |");
    }
}
