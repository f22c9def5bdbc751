// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Op;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrailTest {
    private static final int KEPT = Trail.FIRST + Trail.LAST;
    private static final int MAX_COUNT = (1 << 27) - 1;
    private static final int MAX_THREAD = (1 << 16) - 1;
    private static final long TWO_HUNDRED_DAYS = 200L * 24 * 3600 * 1_000_000;

    private final Trail trail = new Trail();

    /** Adds events that are told apart by their stacks: 1, 2, 3 and so on. */
    private void addUses(int events) {
        for (int stack = 1; stack <= events; stack++) {
            trail.add(Op.USE, 1, stack, false, 3, stack);
        }
    }

    private void addFolding(Op op, int stack, int thread) {
        if (trail.needsFolding()) {
            trail.fold();
        }
        trail.add(op, 1, stack, false, thread, 1);
    }

    private List<Integer> stacks() {
        return IntStream.range(0, trail.size()).map(trail::stack).boxed().toList();
    }

    private static List<Integer> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource(Op.class)
    void should_give_back_an_operation_when_its_neighbours_are_at_their_extremes(Op op) {
        trail.add(op, -1, Integer.MAX_VALUE, true, MAX_THREAD, TWO_HUNDRED_DAYS);

        assertThat(trail.op(0)).isEqualTo(op);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, MAX_COUNT, -MAX_COUNT - 1})
    void should_give_back_a_count_when_it_is_negative_or_large(int count) {
        trail.add(Op.DEAD, count, -1, true, MAX_THREAD, TWO_HUNDRED_DAYS);

        assertThat(trail.count(0)).isEqualTo(count);
    }

    @Test
    void should_write_the_nearest_count_when_there_is_no_room_for_it() {
        trail.add(Op.PUT, 0xc0000000, 7, true, 3, 5);
        trail.add(Op.GET, Integer.MAX_VALUE, 7, true, 3, 5);

        assertThat(trail.count(0)).isEqualTo(-MAX_COUNT - 1);
        assertThat(trail.count(1)).isEqualTo(MAX_COUNT);
        assertThat(trail.op(0)).isEqualTo(Op.PUT);
        assertThat(trail.inferred(1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 18, Integer.MAX_VALUE})
    void should_give_back_a_stack_when_its_handle_is_large(int stack) {
        trail.add(Op.DEAD, -1, stack, true, MAX_THREAD, TWO_HUNDRED_DAYS);

        assertThat(trail.stack(0)).isEqualTo(stack);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MAX_THREAD})
    void should_give_back_a_thread_when_its_number_is_large(int thread) {
        trail.add(Op.DEAD, -1, -1, true, thread, TWO_HUNDRED_DAYS);

        assertThat(trail.thread(0)).isEqualTo(thread);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, TWO_HUNDRED_DAYS})
    void should_give_back_a_time_when_the_process_is_old(long micros) {
        trail.add(Op.DEAD, -1, -1, true, MAX_THREAD, micros);

        assertThat(trail.micros(0)).isEqualTo(micros);
    }

    @Test
    void should_remember_inference_when_the_count_is_negative() {
        trail.add(Op.GET, -1, 1, false, 1, 1);
        trail.add(Op.GET, 0, 1, true, 1, 1);

        assertThat(trail.inferred(0)).isFalse();
        assertThat(trail.inferred(1)).isTrue();
    }

    @Test
    void should_keep_all_in_order_when_there_is_room() {
        addUses(KEPT);

        assertThat(stacks()).isEqualTo(numbers(1, KEPT));
        assertThat(trail.dropped()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 23, 24, 25, 1000})
    void should_keep_the_first_and_the_last_and_count_the_rest_when_there_are_more(int more) {
        addUses(KEPT + more);

        assertThat(stacks().subList(0, Trail.FIRST)).isEqualTo(numbers(1, Trail.FIRST));
        assertThat(stacks().subList(Trail.FIRST, KEPT))
                .isEqualTo(numbers(Trail.FIRST + more + 1, Trail.FIRST + Trail.LAST + more));
        assertThat(trail.dropped()).isEqualTo(more);
    }

    @Test
    void should_leave_out_what_threads_take_and_give_back_all_the_time_when_room_is_needed() {
        addUses(Trail.FIRST);
        for (int thread = 1; thread <= 3; thread++) {
            trail.add(Op.GET, 2, 101, false, thread, 1);
        }
        trail.add(Op.GET, 5, 102, false, 1, 1);
        trail.add(Op.PUT, 4, 103, false, 1, 1);
        trail.add(Op.PUT, 3, 104, false, 2, 1);
        trail.add(Op.PUT, 2, 104, false, 3, 1);
        trail.add(Op.GET, 3, 101, false, 4, 1);
        trail.add(Op.PUT, 2, 104, false, 4, 1);

        trail.fold();

        assertThat(stacks().subList(Trail.FIRST, trail.size())).containsExactly(101, 102, 103);
        assertThat(trail.folded()).isEqualTo(6);
        assertThat(trail.dropped()).isZero();
        assertThat(trail.count(Trail.FIRST + 2)).isEqualTo(4);
    }

    @Test
    void should_keep_the_one_open_reference_of_a_life_that_is_borrowed_all_the_time() {
        addUses(Trail.FIRST);
        for (int i = 0; i < 10_000; i++) {
            addFolding(Op.GET, i == 700 ? 99 : 5, i % 3);
            if (i != 700) {
                addFolding(Op.PUT, 6, i % 3);
            }
        }

        assertThat(stacks()).contains(99);
        assertThat(trail.dropped()).isZero();
        assertThat(trail.size() + trail.folded()).isEqualTo(Trail.FIRST + 19_999);
    }

    @Test
    void should_not_need_folding_again_before_it_went_all_round() {
        for (int i = 0; i < KEPT; i++) {
            trail.add(Op.GET, 1, 1, false, i, 1);
        }
        assertThat(trail.needsFolding()).isTrue();
        trail.fold();
        trail.add(Op.GET, 1, 2, false, 1, 1);

        assertThat(trail.needsFolding()).isFalse();
        assertThat(trail.stack(KEPT - 1)).isEqualTo(2);
    }

    @Test
    void should_find_the_last_stack_of_an_operation_when_other_threads_did_it_later() {
        trail.add(Op.PUT, 2, 10, false, 1, 1);
        trail.add(Op.PUT, 1, 20, false, 1, 2);
        trail.add(Op.GET, 2, 30, false, 1, 3);
        trail.add(Op.PUT, 1, 40, false, 2, 4);

        assertThat(trail.lastStack(Op.PUT, 1)).isEqualTo(20);
        assertThat(trail.lastStack(Op.DEAD, 1)).isZero();
    }

    @Test
    void should_be_empty_when_cleared() {
        addUses(KEPT + 1);
        trail.clear();

        assertThat(trail.size()).isZero();
        assertThat(trail.dropped()).isZero();
    }

    @Test
    void should_keep_a_copy_when_the_trail_goes_on() {
        addUses(2);
        Trail copy = trail.copy();
        trail.clear();
        trail.add(Op.BORN, 1, 77, false, 1, 1);

        assertThat(copy.size()).isEqualTo(2);
        assertThat(copy.stack(0)).isEqualTo(1);
    }

    @Test
    void should_have_equal_paths_when_only_time_and_thread_differ() {
        Trail other = new Trail();
        trail.add(Op.BORN, 1, 7, false, 1, 1);
        other.add(Op.BORN, 1, 7, false, 2, 99);

        assertThat(trail.pathHash()).isEqualTo(other.pathHash());
    }

    @Test
    void should_have_different_paths_when_a_place_or_an_operation_differs() {
        Trail place = new Trail();
        Trail operation = new Trail();
        trail.add(Op.GET, 1, 7, false, 1, 1);
        place.add(Op.GET, 1, 8, false, 1, 1);
        operation.add(Op.PUT, 1, 7, false, 1, 1);

        assertThat(trail.pathHash()).isNotEqualTo(place.pathHash()).isNotEqualTo(operation.pathHash());
    }

    @Test
    void should_take_a_bounded_number_of_words_when_a_life_is_endless() throws ReflectiveOperationException {
        addUses(100_000);

        var words = Trail.class.getDeclaredField("words");
        words.setAccessible(true);
        assertThat((long[]) words.get(trail)).hasSizeLessThanOrEqualTo(2 * KEPT);
    }
}
