// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TraceBudgetTest {
    private static final long START = -5_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final TraceBudget budget = new TraceBudget(START);

    private void spend(long stacks) {
        for (long i = 0; i < stacks; i++) {
            budget.spend();
        }
    }

    @Test
    void should_admit_when_the_process_has_just_begun() {
        assertThat(budget.admits(false, START)).isTrue();
    }

    @Test
    void should_refuse_when_a_seconds_stacks_are_spent() {
        spend(TraceBudget.STACKS_A_SECOND);

        assertThat(budget.admits(false, START)).isFalse();
    }

    @Test
    void should_admit_again_when_time_has_passed() {
        spend(TraceBudget.STACKS_A_SECOND + 100);

        assertThat(budget.admits(false, START + SECOND / 1000)).isFalse();
        assertThat(budget.admits(false, START + SECOND / 10)).isTrue();
    }

    @Test
    void should_save_no_more_than_a_second_when_nothing_was_spent_for_long() {
        budget.admits(false, START + 100 * SECOND);
        spend(TraceBudget.STACKS_A_SECOND);

        assertThat(budget.admits(false, START + 100 * SECOND)).isFalse();
    }

    @Test
    void should_admit_deeper_into_debt_when_the_kind_has_leaked() {
        spend(3 * TraceBudget.STACKS_A_SECOND);

        assertThat(budget.admits(false, START)).isFalse();
        assertThat(budget.admits(true, START)).isTrue();
    }

    @Test
    void should_refuse_also_what_has_leaked_when_the_debt_is_too_deep() {
        spend(6 * TraceBudget.STACKS_A_SECOND);

        assertThat(budget.admits(true, START)).isFalse();
    }

    @Test
    void should_grant_what_it_states_a_second_when_asked_often() {
        spend(TraceBudget.STACKS_A_SECOND);
        long granted = 0;
        for (long now = START; now < START + SECOND; now += 20_000) {
            if (budget.admits(false, now)) {
                budget.spend();
                granted++;
            }
        }

        assertThat(granted).isBetween(TraceBudget.STACKS_A_SECOND * 99 / 100, TraceBudget.STACKS_A_SECOND * 101 / 100);
    }

    @Test
    void should_earn_no_token_twice_when_threads_ask_at_once() throws InterruptedException {
        spend(2 * TraceBudget.STACKS_A_SECOND);
        AtomicLong granted = new AtomicLong();
        Threads.runAtOnce(8, number -> {
            if (budget.admits(false, START + SECOND)) {
                granted.incrementAndGet();
            }
        });

        assertThat(granted.get()).isZero();
    }
}
