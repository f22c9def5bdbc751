// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import static dev.heldby.count.CountedMisuse.ON_ZERO;
import static dev.heldby.count.CountedMisuse.SATURATED;
import static dev.heldby.count.CountedMisuse.TO_ZERO;
import static dev.heldby.count.CountedMisuse.UNDERFLOW;
import static dev.heldby.count.SaturatingCount.MAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Behaviour;
import org.junit.jupiter.api.Test;

/** The cases of the kernel's drivers/misc/lkdtm/refcount.c but for its timings, in its order. */
class SaturationTest {
    private static final String NOT_PINNED = "Saturates as the kernel does now; its old full mode stayed at zero.";

    private final CountedMisuse misuse = new CountedMisuse();
    private SaturatingCount count;

    private void start(int initial) {
        count = misuse.count(initial);
    }

    private void assertGood(int expected) {
        assertThat(count.get()).isEqualTo(expected);
        misuse.assertNoComplaint();
    }

    private void assertSaturated(String complaint) {
        assertThat(count.get()).isEqualTo(SaturatingCount.SATURATED);
        misuse.assertComplaints(complaint);
    }

    @Test
    @Behaviour("RC-1")
    void should_saturate_when_an_increment_overflows() {
        start(MAX - 1);
        count.decrement();
        count.increment();
        count.increment();
        assertGood(MAX);
        count.increment();

        assertSaturated(SATURATED);
    }

    @Test
    @Behaviour("RC-2")
    void should_saturate_when_an_addition_overflows() {
        start(MAX - 1);
        for (int i = 0; i < 4; i++) {
            count.decrement();
        }
        count.add(4);
        assertGood(MAX - 1);
        count.add(4);

        assertSaturated(SATURATED);
    }

    @Test
    @Behaviour("RC-3")
    void should_say_yes_and_saturate_when_an_increment_of_a_found_object_overflows() {
        start(MAX);
        assertThat(count.incrementUnlessZero()).isTrue();

        assertSaturated(SATURATED);
    }

    @Test
    @Behaviour("RC-4")
    void should_say_yes_and_saturate_when_an_addition_to_a_found_object_overflows() {
        start(MAX);
        assertThat(count.addUnlessZero(6)).isTrue();

        assertSaturated(SATURATED);
    }

    @Test
    @Behaviour("RC-5")
    void should_saturate_when_the_last_one_is_decremented_without_a_test() {
        start(2);
        count.decrement();
        assertGood(1);
        count.decrement();

        assertSaturated(TO_ZERO);
    }

    @Test
    @Behaviour("RC-6")
    void should_saturate_when_zero_is_decremented() {
        start(0);
        count.decrement();

        assertSaturated(TO_ZERO);
    }

    @Test
    @Behaviour("RC-7")
    void should_say_no_and_saturate_when_zero_is_decremented_with_a_test() {
        start(0);
        assertThat(count.decrementAndTest()).isFalse();

        assertSaturated(UNDERFLOW);
    }

    @Test
    @Behaviour("RC-8")
    void should_say_no_and_saturate_when_more_is_subtracted_than_there_is() {
        start(3);
        assertThat(count.subtractAndTest(5)).isFalse();

        assertSaturated(UNDERFLOW);
    }

    @Test
    @Behaviour("RC-9")
    void should_say_no_and_saturate_when_nothing_is_subtracted_from_zero() {
        start(0);
        assertThat(count.subtractAndTest(0)).isFalse();

        assertSaturated(UNDERFLOW);
    }

    @Test
    @Behaviour(value = "RC-10", choice = NOT_PINNED)
    void should_saturate_when_zero_is_incremented() {
        start(0);
        assertThat(count.incrementUnlessZero()).isFalse();
        assertGood(0);
        count.increment();

        assertSaturated(ON_ZERO);
    }

    @Test
    @Behaviour(value = "RC-11", choice = NOT_PINNED)
    void should_saturate_when_zero_is_added_to() {
        start(0);
        assertThat(count.addUnlessZero(3)).isFalse();
        assertGood(0);
        count.add(3);

        assertSaturated(ON_ZERO);
    }

    @Test
    @Behaviour("RC-12")
    void should_stay_saturated_when_incremented() {
        start(SaturatingCount.SATURATED);
        count.increment();

        assertSaturated(SATURATED);
    }

    @Test
    @Behaviour("RC-13")
    void should_stay_saturated_when_decremented() {
        start(SaturatingCount.SATURATED);
        count.decrement();

        assertSaturated(TO_ZERO);
    }

    @Test
    @Behaviour("RC-14")
    void should_stay_saturated_when_added_to() {
        start(SaturatingCount.SATURATED);
        count.add(8);

        assertSaturated(SATURATED);
    }

    @Test
    @Behaviour("RC-15")
    void should_say_yes_and_stay_saturated_when_a_found_object_is_incremented() {
        start(SaturatingCount.SATURATED);
        assertThat(count.incrementUnlessZero()).isTrue();

        assertSaturated(SATURATED);
    }

    @Test
    @Behaviour("RC-16")
    void should_say_yes_and_stay_saturated_when_a_found_object_is_added_to() {
        start(SaturatingCount.SATURATED);
        assertThat(count.addUnlessZero(7)).isTrue();

        assertSaturated(SATURATED);
    }

    @Test
    @Behaviour("RC-17")
    void should_say_no_and_stay_saturated_when_decremented_with_a_test() {
        start(SaturatingCount.SATURATED);
        assertThat(count.decrementAndTest()).isFalse();

        assertSaturated(UNDERFLOW);
    }

    @Test
    @Behaviour("RC-18")
    void should_say_no_and_stay_saturated_when_subtracted_from() {
        start(SaturatingCount.SATURATED);
        assertThat(count.subtractAndTest(8)).isFalse();

        assertSaturated(UNDERFLOW);
    }
}
