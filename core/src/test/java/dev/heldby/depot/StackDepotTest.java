// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Behaviour;
import dev.heldby.recording.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StackDepotTest {
    private final List<String> complaints = new ArrayList<>();
    private final StackDepot depot = new StackDepot(1000, complaints::add);

    private int saveHere() {
        return depot.save();
    }

    private int saveThere() {
        return depot.save();
    }

    private static int saveBeneath(int frames, StackDepot depot) {
        return NumberedStacks.beneath(frames, depot, StackDepot::save);
    }

    @Test
    @Behaviour("SD-1")
    void should_give_the_same_handle_when_one_stack_is_saved_twice() {
        int[] handles = IntStream.range(0, 2).map(i -> saveHere()).toArray();

        assertThat(handles[0]).isNotZero().isEqualTo(handles[1]);
        assertThat(depot.statistics().permanent()).isEqualTo(1);
    }

    @Test
    @Behaviour("SD-2")
    void should_give_back_exactly_the_callers_frames_when_different_stacks_are_fetched() {
        StackTraceElement[] test = new Throwable().getStackTrace();
        int[] handles = {saveHere(), saveThere()};

        assertThat(handles[0]).isNotEqualTo(handles[1]);
        for (int i = 0; i < 2; i++) {
            List<StackTraceElement> saved = depot.fetch(handles[i]).frames();
            assertThat(saved.get(0).getMethodName()).isEqualTo(i == 0 ? "saveHere" : "saveThere");
            assertThat(saved.get(1).getMethodName()).isEqualTo(test[0].getMethodName());
            assertThat(saved.subList(2, saved.size())).isEqualTo(List.of(test).subList(1, test.length));
        }
    }

    @Test
    @Behaviour("SD-3")
    void should_tell_a_stack_from_one_that_has_a_frame_more() {
        int[] handles = IntStream.of(5, 6).map(i -> saveBeneath(i, depot)).toArray();

        assertThat(handles[0]).isNotEqualTo(handles[1]);
        assertThat(depot.frames(handles[1]).subList(1, depot.frames(handles[1]).size()))
                .isEqualTo(depot.frames(handles[0]));
    }

    @Test
    @Behaviour("SD-4")
    void should_have_no_frames_and_not_complain_when_the_stack_is_empty() {
        StackCapture empty = new StackCapture();
        empty.setStackTrace(new StackTraceElement[0]);

        assertThat(depot.save(empty)).isZero();
        assertThat(depot.fetch(0).frames()).isEmpty();
        assertThat(depot.fetch(0).handle()).isZero();
        assertThat(depot.statistics().records()).isZero();
        assertThat(complaints).isEmpty();
    }

    @Test
    @Behaviour(
            value = "SD-5",
            choice = "A stack is cut before it is compared, so that one that is too long is stored once. The kernel"
                    + " compares its uncut length with the cut one and stores it again at each save.")
    void should_store_cut_stacks_once_when_they_differ_only_beyond_the_cut() {
        int[] handles = IntStream.of(50, 90, 50)
                .map(i -> saveBeneath(StackDepot.MAX_FRAMES + i, depot))
                .toArray();

        assertThat(handles).containsOnly(handles[0]).doesNotContain(0);
        assertThat(depot.statistics().permanent()).isEqualTo(1);
        assertThat(depot.frames(handles[0]))
                .hasSizeBetween(StackDepot.MAX_FRAMES - 4, StackDepot.MAX_FRAMES)
                .allMatch(frame -> frame.getMethodName().equals("beneath"));
    }

    @Test
    @Timeout(60)
    @Behaviour("SD-6")
    void should_make_one_record_when_sixteen_threads_save_one_new_stack_at_once() throws Exception {
        int rounds = 100;
        for (int round = 0; round < rounds; round++) {
            int frames = round;
            Set<Integer> handles = ConcurrentHashMap.newKeySet();

            Threads.runAtOnce(16, thread -> handles.add(saveBeneath(frames, depot)));

            assertThat(handles).hasSize(1).doesNotContain(0);
        }
        assertThat(depot.statistics().permanent()).isEqualTo(rounds);
    }

    @Test
    @Behaviour("SD-7")
    void should_answer_0_complain_once_and_keep_the_old_stacks_when_the_depot_is_full() {
        StackDepot full = new StackDepot(2, complaints::add);
        int[] handles =
                IntStream.of(0, 1, 2, 3, 1).map(i -> saveBeneath(i, full)).toArray();

        assertThat(handles[0]).isNotZero();
        assertThat(handles[1]).isNotZero().isEqualTo(handles[4]);
        assertThat(handles[2]).isZero();
        assertThat(handles[3]).isZero();
        assertThat(NumberedStacks.number(full.frames(handles[0]))).isEqualTo(0);
        assertThat(NumberedStacks.number(full.frames(handles[1]))).isEqualTo(1);
        assertThat(full.statistics().refused()).isEqualTo(2);
        assertThat(complaints)
                .containsExactly(
                        "The stack depot used up its capacity of 2 stacks, or all its handles: new stacks get the"
                                + " handle 0; give it a larger capacity.");
    }

    @Test
    @Behaviour("SD-11")
    void should_save_nothing_and_stay_silent_when_the_depot_is_off() {
        StackDepot off = new StackDepot(0, complaints::add, (capture, out) -> {
            throw new AssertionError("A stack was looked at");
        });

        assertThat(off.save()).isZero();
        assertThat(off.saveCounted()).isZero();
        assertThat(off.fetch(7).frames()).isEmpty();
        assertThat(off.text(7, 0, 100)).isEmpty();
        off.put(0);
        off.put(7);
        off.forEach(stack -> {
            throw new AssertionError("There is a stack");
        });
        assertThat(off.statistics()).isEqualTo(new DepotStatistics(0, 0, 0, 0, 0, 0));
        assertThat(complaints).isEmpty();
    }

    @Test
    @Behaviour(
            value = "SD-12",
            choice =
                    "The text is as long as asked for, and without blanks if none are asked for: no character goes to a"
                            + " final zero, nor one to a blank that is always there.")
    void should_cut_the_text_of_a_stack_when_it_is_longer_than_asked_for() {
        int handle = saveHere();
        StringBuilder whole = new StringBuilder();
        depot.frames(handle).forEach(frame -> whole.append("   ").append(frame).append("\n"));

        assertThat(depot.text(handle, 3, Integer.MAX_VALUE)).isEqualTo(whole.toString());
        assertThat(depot.text(handle, 0, Integer.MAX_VALUE))
                .isEqualTo(whole.toString().replaceAll("(?m)^   ", ""));
        for (int length = 0; length <= whole.length(); length++) {
            assertThat(depot.text(handle, 3, length)).isEqualTo(whole.substring(0, length));
        }
        assertThat(depot.text(0, 3, 100)).isEmpty();
    }

    @Test
    void should_complain_with_the_value_when_the_handle_is_unknown() {
        int[] unknown = {7, -1, 1 << 20, StackHandle.MAX_PLACE, 1 << 31};
        for (int handle : unknown) {
            assertThat(depot.frames(handle)).isEmpty();
            depot.put(handle);

            String complaint = "No stack has the handle " + handle + ": it is corrupt, or used after its last put.";
            assertThat(complaints).containsExactly(complaint, complaint);
            complaints.clear();
        }
    }

    @Test
    void should_complain_to_nobody_when_nobody_listens() {
        assertThat(new StackDepot(1).frames(7)).isEmpty();
    }

    @Test
    void should_refuse_a_capacity_when_the_handles_cannot_tell_so_many_stacks_apart() {
        assertThatThrownBy(() -> new StackDepot(1 << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A stack depot cannot have the capacity 1048576: its handles tell 0 to 1048575 stacks apart.");
    }

    @Test
    void should_grow_by_one_for_each_distinct_stack_and_over_many_pages() {
        StackDepot large = new StackDepot(3000);
        int[] handles = IntStream.range(0, 2500)
                .map(i -> spell(Integer.toString(i, 2).replace('0', 'a').replace('1', 'b'), large))
                .toArray();
        List<Integer> visited = new ArrayList<>();
        large.forEach(stack -> visited.add(stack.handle()));

        assertThat(handles).doesNotHaveDuplicates();
        assertThat(large.statistics().permanent()).isEqualTo(handles.length);
        assertThat(visited)
                .containsExactlyElementsOf(IntStream.of(handles).boxed().toList());
        assertThat(large.frames(handles[2400]).get(0).getMethodName()).isEqualTo("spell");
    }

    /** A stack that spells the word, one frame a letter. */
    private static int spell(String word, StackDepot depot) {
        if (word.isEmpty()) {
            return depot.save();
        }
        return word.charAt(0) == 'a' ? a(word.substring(1), depot) : b(word.substring(1), depot);
    }

    private static int a(String rest, StackDepot depot) {
        return spell(rest, depot);
    }

    private static int b(String rest, StackDepot depot) {
        return spell(rest, depot);
    }

    @Test
    void should_strip_only_our_own_frames_at_the_inner_end() {
        assertThat(depot.frames(saveHere()).get(0).getClassName())
                .isEqualTo(getClass().getName());
        assertThat(depot.frames(depot.saveCounted()).get(0).getClassName())
                .isEqualTo(getClass().getName());
    }

    @Test
    void should_keep_the_first_attachment_when_two_are_made() {
        StackRecord record = depot.fetch(saveHere());

        assertThat(record.attachment()).isNull();
        assertThat(record.attachIfAbsent("first")).isEqualTo("first");
        assertThat(record.attachIfAbsent("second")).isEqualTo("first");
        assertThat(record.attachment()).isEqualTo("first");
    }
}
