// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval;

import static dev.heldby.eval.Samples.CALLER;
import static dev.heldby.eval.Samples.GIVEN;
import static dev.heldby.eval.Samples.OTHER;
import static dev.heldby.eval.Samples.TAKEN;
import static dev.heldby.eval.Samples.said;
import static dev.heldby.eval.Samples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.eval.plant.Kind;
import org.junit.jupiter.api.Test;

class VerdictTest {
    @Test
    void should_be_right_about_the_place_that_took_and_the_place_that_should_have_given_back() {
        Verdict verdict = verdict(Kind.SKIP, 0.1, Samples.leftOut(), said("missing-release", 1, TAKEN, GIVEN));
        assertThat(verdict.suspectRank()).isZero();
        assertThat(verdict.expectedRank()).isZero();
        assertThat(verdict.isFirstRight()).isTrue();
    }

    @Test
    void should_rank_a_right_finding_behind_a_wrong_one() {
        Verdict verdict = verdict(
                Kind.SKIP,
                0.1,
                Samples.leftOut(),
                said("missing-release", 1, OTHER),
                said("missing-release", 0.9, TAKEN, OTHER, GIVEN));
        assertThat(verdict.suspectRank()).isOne();
        assertThat(verdict.expectedRank()).isEqualTo(-1);
        assertThat(verdict.expectedAmongThreeRank()).isOne();
        assertThat(verdict.isFirstRight()).isFalse();
    }

    @Test
    void should_not_take_another_line_of_the_method_for_right() {
        Place nextLine = new Place(TAKEN.className(), TAKEN.method(), TAKEN.file(), TAKEN.line() + 1);
        assertThat(verdict(Kind.SKIP, 1, Samples.leftOut(), said("missing-release", 1, nextLine))
                        .suspectRank())
                .isEqualTo(-1);
    }

    @Test
    void should_tell_a_caller_of_the_right_place_from_the_place() {
        Verdict verdict = verdict(Kind.SKIP, 1, Samples.leftOut(), said("missing-release", 1, CALLER));
        assertThat(verdict.suspectRank()).isEqualTo(-1);
        assertThat(verdict.callerRank()).isZero();
    }

    @Test
    void should_not_take_another_kind_of_finding_for_right() {
        assertThat(verdict(Kind.DOUBLE, 1, Samples.surplus(), said("use-after-release", 1, GIVEN))
                        .suspectRank())
                .isEqualTo(-1);
    }

    @Test
    void should_tell_the_rank_among_all_from_the_rank_among_its_kind() {
        Verdict verdict = verdict(
                Kind.DOUBLE,
                0.1,
                Samples.surplus(),
                said("use-after-release", 1, OTHER),
                said("surplus-release", 0.9, GIVEN));
        assertThat(verdict.suspectRank()).isOne();
        assertThat(verdict.suspectRankInKind()).isZero();
    }

    @Test
    void should_judge_by_the_expected_place_where_the_partner_is_not_known() {
        Verdict verdict = verdict(Kind.SKIP, 0.5, Samples.unknownPartner(), said("missing-release", 1, OTHER, GIVEN));
        assertThat(verdict.suspectRank()).isEqualTo(-1);
        assertThat(verdict.isFirstRight()).isTrue();
    }

    @Test
    void should_be_wrong_where_nothing_was_found() {
        assertThat(verdict(Kind.SKIP, 1, Samples.leftOut()).isFirstRight()).isFalse();
    }
}
