// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StackDepotTest {
    private final StackDepot depot = new StackDepot(1000);

    private static int saveBeneath(int frames, StackDepot depot) {
        return frames == 0 ? depot.save() : saveBeneath(frames - 1, depot);
    }

    private int saveHere() {
        return depot.save();
    }

    private int saveThere() {
        return depot.save();
    }

    @Test
    @DisplayName("SD-1: should give the same handle when one stack is saved twice")
    void should_give_the_same_handle_when_one_stack_is_saved_twice() {
        int[] handles = IntStream.range(0, 2).map(i -> saveHere()).toArray();

        assertThat(handles[0]).isNotZero().isEqualTo(handles[1]);
        assertThat(depot.size()).isEqualTo(1);
    }

    @Test
    @DisplayName("SD-2: should give different handles when the innermost frames differ")
    void should_give_different_handles_when_the_innermost_frames_differ() {
        assertThat(saveHere()).isNotEqualTo(saveThere());
    }

    @Test
    @DisplayName("SD-2: should give back exactly the caller's frames when a stack is fetched")
    void should_give_back_exactly_the_callers_frames_when_a_stack_is_fetched() {
        StackTraceElement[] here = new Throwable().getStackTrace();

        List<StackTraceElement> saved = depot.fetch(saveHere()).frames();

        assertThat(saved.get(0).getMethodName()).isEqualTo("saveHere");
        assertThat(saved.get(1).getMethodName()).isEqualTo(here[0].getMethodName());
        assertThat(saved.subList(2, saved.size()))
                .containsExactly(List.of(here).subList(1, here.length).toArray(StackTraceElement[]::new));
    }

    @Test
    @DisplayName("SD-3: should tell a stack from one that has a frame more")
    void should_tell_a_stack_from_one_that_has_a_frame_more() {
        int[] handles = IntStream.of(5, 6).map(i -> saveBeneath(i, depot)).toArray();

        assertThat(handles[0]).isNotEqualTo(handles[1]);
        assertThat(depot.frames(handles[1])).hasSize(depot.frames(handles[0]).size() + 1);
    }

    @Test
    @DisplayName("SD-4: should have no frames when the handle is 0")
    void should_have_no_frames_when_the_handle_is_0() {
        assertThat(depot.frames(0)).isEmpty();
    }

    @Test
    void should_name_the_handle_when_it_is_unknown() {
        assertThatThrownBy(() -> depot.fetch(7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No stack has the handle 7; the depot holds 0.");
    }

    @Test
    @DisplayName("SD-5: should cut a stack when it is longer than the longest kept")
    void should_cut_a_stack_when_it_is_longer_than_the_longest_kept() {
        List<StackTraceElement> frames = depot.frames(saveBeneath(StackDepot.MAX_FRAMES + 50, depot));

        assertThat(frames).hasSizeBetween(StackDepot.MAX_FRAMES - 4, StackDepot.MAX_FRAMES);
        assertThat(frames).allMatch(frame -> frame.getMethodName().equals("saveBeneath"));
    }

    @Test
    @DisplayName("SD-5: should store cut stacks once when they differ only beyond the cut")
    void should_store_cut_stacks_once_when_they_differ_only_beyond_the_cut() {
        assertThat(saveBeneath(StackDepot.MAX_FRAMES + 50, depot))
                .isEqualTo(saveBeneath(StackDepot.MAX_FRAMES + 90, depot));
        assertThat(depot.size()).isEqualTo(1);
    }

    @Test
    @Timeout(60)
    @DisplayName("SD-6: should make one record when sixteen threads save one new stack at once")
    void should_make_one_record_when_sixteen_threads_save_one_new_stack_at_once() throws Exception {
        int threads = 16;
        int rounds = 100;
        List<Set<Integer>> handles = IntStream.range(0, rounds)
                .<Set<Integer>>mapToObj(i -> ConcurrentHashMap.newKeySet())
                .toList();
        CyclicBarrier together = new CyclicBarrier(threads);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable work = () -> {
            try {
                for (int round = 0; round < rounds; round++) {
                    together.await();
                    int handle = saveBeneath(round, depot);
                    depot.fetch(handle);
                    handles.get(round).add(handle);
                }
            } catch (Exception e) {
                failure.set(e);
                together.reset();
            }
        };
        List<Thread> started = IntStream.range(0, threads)
                .mapToObj(i -> new Thread(work))
                .peek(Thread::start)
                .toList();
        for (Thread thread : started) {
            thread.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(handles).allMatch(ofRound -> ofRound.size() == 1);
        assertThat(depot.size()).isEqualTo(rounds);
    }

    @Test
    @DisplayName("SD-7: should answer 0 and count it when the depot is full")
    void should_answer_0_and_count_it_when_the_depot_is_full() {
        StackDepot full = new StackDepot(2);
        int[] handles = IntStream.range(0, 4).map(i -> saveBeneath(i, full)).toArray();

        assertThat(handles[0]).isNotZero();
        assertThat(handles[1]).isNotZero();
        assertThat(handles[2]).isZero();
        assertThat(handles[3]).isZero();
        assertThat(full.refused()).isEqualTo(2);
    }

    @Test
    @DisplayName("SD-7: should still know the old stacks when the depot is full")
    void should_still_know_the_old_stacks_when_the_depot_is_full() {
        StackDepot full = new StackDepot(1);
        int[] handles = IntStream.of(3, 4, 3).map(i -> saveBeneath(i, full)).toArray();

        assertThat(handles[2]).isEqualTo(handles[0]).isNotZero();
        assertThat(full.frames(handles[0]).get(0).getMethodName()).isEqualTo("saveBeneath");
    }

    @Test
    @DisplayName("SD-13: should grow by one for each distinct stack and over many pages")
    void should_grow_by_one_for_each_distinct_stack_and_over_many_pages() {
        StackDepot large = new StackDepot(3000);
        Object[] handles = new Object[2500];
        String chain = "ab";
        for (int i = 0; i < handles.length; i++) {
            handles[i] =
                    spell(Integer.toString(i, 2).replace('0', chain.charAt(0)).replace('1', chain.charAt(1)), large);
        }

        assertThat(handles).doesNotHaveDuplicates();
        assertThat(large.size()).isEqualTo(handles.length);
        assertThat(large.fetch((int) handles[2400]).frames().get(0).getMethodName())
                .isEqualTo("spell");
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
