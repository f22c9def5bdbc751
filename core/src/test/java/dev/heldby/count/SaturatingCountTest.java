// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import static dev.heldby.count.CountedMisuse.ON_ZERO;
import static dev.heldby.count.CountedMisuse.TO_ZERO;
import static dev.heldby.count.CountedMisuse.UNDERFLOW;
import static dev.heldby.count.SaturatingCount.MAX;
import static dev.heldby.count.SaturatingCount.SATURATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Behaviour;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaturatingCountTest {
    private static final int LARGE = 10_000_000;

    private final CountedMisuse misuse = new CountedMisuse();

    private void assertStep(int initial, Predicate<SaturatingCount> step, boolean answer, int after) {
        SaturatingCount count = misuse.count(initial);
        assertThat(step.test(count)).isEqualTo(answer);
        assertThat(count.get()).isEqualTo(after);
    }

    @Test
    @Behaviour("RC-19")
    void should_reach_zero_at_the_last_step_only_when_counted_far_up_and_down() {
        SaturatingCount count = misuse.count(1);
        for (int i = 1; i < LARGE; i++) {
            count.increment();
        }
        assertThat(count.get()).isEqualTo(LARGE);
        int steps = 1;
        while (!count.decrementAndTest()) {
            steps++;
        }

        assertThat(steps).isEqualTo(LARGE);
        assertThat(count.get()).isZero();
        misuse.assertNoComplaint();
    }

    @Test
    @Behaviour(
            value = "RC-20",
            choice =
                    "A complaint comes once of each kind, as in the kernel; a misuse is observed besides each time that a"
                            + " count turns bad, since findings are grouped.")
    void should_complain_once_of_each_kind_when_many_counts_saturate() {
        List<Consumer<SaturatingCount>> wrongs =
                List.of(SaturatingCount::increment, SaturatingCount::decrement, SaturatingCount::decrementAndTest);
        for (int i = 0; i < 5; i++) {
            for (Consumer<SaturatingCount> wrong : wrongs) {
                SaturatingCount count = misuse.count(0);
                wrong.accept(count);
                assertThat(count.get()).isEqualTo(SATURATED);
            }
            assertStep(MAX, SaturatingCount::incrementUnlessZero, true, SATURATED);
            SaturatingCount full = misuse.count(MAX);
            full.increment();
            assertThat(full.get()).isEqualTo(SATURATED);
        }

        misuse.assertComplaints(ON_ZERO, TO_ZERO, UNDERFLOW, CountedMisuse.SATURATED, CountedMisuse.SATURATED);
        assertThat(misuse.complaints)
                .extracting(complaint -> complaint.kind())
                .containsExactly(
                        "add-on-zero", "decrement-to-zero", "underflow", "add-unless-zero-overflow", "add-overflow");
        assertThat(misuse.complaints)
                .allMatch(each -> each.isFirst() && each.rule().equals("count"));
        assertThat(misuse.observations().stream()
                        .mapToLong(each -> each.count())
                        .sum())
                .isEqualTo(25);
    }

    @Test
    @Behaviour("RC-21")
    void should_make_zero_of_nothing_but_one_when_decremented_if_one() {
        assertStep(1, SaturatingCount::decrementIfOne, true, 0);
        assertStep(2, SaturatingCount::decrementIfOne, false, 2);
        assertStep(0, SaturatingCount::decrementIfOne, false, 0);
        assertStep(SATURATED, SaturatingCount::decrementIfOne, false, SATURATED);
        misuse.assertNoComplaint();
    }

    @Test
    @Behaviour(value = "RC-22", choice = "The complaint on zero counts as one of the kind underflow.")
    void should_leave_one_alone_when_decremented_unless_one() {
        assertStep(1, SaturatingCount::decrementUnlessOne, false, 1);
        assertStep(2, SaturatingCount::decrementUnlessOne, true, 1);
        assertStep(SATURATED, SaturatingCount::decrementUnlessOne, true, SATURATED);
        misuse.assertNoComplaint();

        assertStep(0, SaturatingCount::decrementUnlessOne, true, 0);
        misuse.assertComplaints(UNDERFLOW);
    }

    @Test
    void should_count_down_as_the_kernel_does_when_bad_but_not_saturated() {
        assertStep(SATURATED + 1, SaturatingCount::decrementUnlessOne, true, SATURATED);
        assertStep(-1, SaturatingCount::decrementUnlessOne, true, -2);
        misuse.assertNoComplaint();
    }

    @Test
    @Behaviour("RC-23")
    void should_hold_the_lock_only_when_the_last_one_is_gone() {
        ReentrantLock lock = new ReentrantLock();
        assertStep(2, count -> count.decrementAndLock(lock), false, 1);
        assertThat(lock.isLocked()).isFalse();
        misuse.assertNoComplaint();

        assertStep(0, count -> count.decrementAndLock(lock), false, 0);
        assertThat(lock.isLocked()).isFalse();
        misuse.assertComplaints(UNDERFLOW);

        assertStep(1, count -> count.decrementAndLock(lock), true, 0);
        assertThat(lock.isHeldByCurrentThread()).isTrue();
    }

    @Test
    @Behaviour("RC-26")
    void should_never_reach_zero_again_when_saturated() {
        ReentrantLock lock = new ReentrantLock();
        List<Predicate<SaturatingCount>> sayNo = List.of(
                SaturatingCount::decrementAndTest,
                count -> count.subtractAndTest(0),
                count -> count.subtractAndTest(MAX),
                SaturatingCount::decrementIfOne,
                count -> count.decrementAndLock(lock));
        List<Predicate<SaturatingCount>> sayYes = List.of(
                SaturatingCount::incrementUnlessZero,
                SaturatingCount::incrementUnlessZeroAcquire,
                count -> count.addUnlessZero(MAX),
                count -> count.addUnlessZeroAcquire(MAX),
                count -> count.incrementUnlessZeroLimitedAcquire(MAX),
                count -> count.addUnlessZeroLimitedAcquire(3, 7),
                SaturatingCount::decrementUnlessOne);

        sayNo.forEach(step -> assertStep(SATURATED, step, false, SATURATED));
        sayYes.forEach(step -> assertStep(SATURATED, step, true, SATURATED));
        SaturatingCount count = misuse.count(SATURATED);
        count.increment();
        count.add(MAX);
        count.decrement();
        assertThat(count.get()).isEqualTo(SATURATED);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    @Behaviour("RC-27")
    void should_refuse_when_the_limit_would_be_passed() {
        SaturatingCount count = misuse.count(5);

        assertThat(count.addUnlessZeroLimitedAcquire(2, 7)).isTrue();
        assertThat(count.get()).isEqualTo(7);
        assertThat(count.incrementUnlessZeroLimitedAcquire(7)).isFalse();
        assertThat(count.get()).isEqualTo(7);
        misuse.assertNoComplaint();
    }

    @Test
    void should_find_nothing_at_zero_when_there_is_a_limit() {
        assertStep(0, count -> count.incrementUnlessZeroLimitedAcquire(7), false, 0);
        assertStep(0, count -> count.incrementUnlessZeroAcquire(), false, 0);
        misuse.assertNoComplaint();
    }

    @Test
    void should_store_anything_when_set() {
        SaturatingCount count = misuse.count(0);
        count.set(-5);
        assertThat(count.get()).isEqualTo(-5);
        count.setRelease(3);

        assertThat(count.get()).isEqualTo(3);
        assertThat(count).hasToString("Session: 3");
        misuse.assertNoComplaint();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 1 << 20})
    void should_give_the_same_answers_when_the_order_is_stronger(int initial) {
        assertStep(initial, count -> count.addUnlessZero(3), initial != 0, initial == 0 ? 0 : initial + 3);
        assertStep(initial, count -> count.addUnlessZeroAcquire(3), initial != 0, initial == 0 ? 0 : initial + 3);
    }

    @Test
    void should_refuse_an_argument_when_it_is_negative() {
        SaturatingCount count = misuse.count(5);
        List<Runnable> calls = List.of(
                () -> count.add(-1),
                () -> count.addUnlessZero(-1),
                () -> count.addUnlessZeroAcquire(-1),
                () -> count.addUnlessZeroLimitedAcquire(-1, 9),
                () -> count.subtractAndTest(-1));

        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The number of references is -1, but it must not be negative.");
        }
        assertThat(count.get()).isEqualTo(5);
    }

    @Test
    void should_be_called_by_its_class_when_it_has_no_name() {
        assertThat(new SaturatingCount(1)).hasToString("dev.heldby.count.SaturatingCount: 1");
        assertThat(new SaturatingCount("Session", 1)).hasToString("Session: 1");
    }
}
