// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static dev.heldby.depot.NumberedStacks.number;
import static dev.heldby.depot.NumberedStacks.save;
import static dev.heldby.depot.NumberedStacks.saveCounted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Behaviour;
import dev.heldby.recording.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CountedStacksTest {
    private final List<String> complaints = new ArrayList<>();
    private final StackDepot depot = new StackDepot(10, complaints::add);

    private static String unknown(int handle) {
        return "No stack has the handle " + handle + ": it is corrupt, or used after its last put.";
    }

    private static String surplus(int handle) {
        return "The stack with the handle " + handle
                + " is permanent and all its counted saves were put: put only what saveCounted() returned, once.";
    }

    @Test
    @Behaviour(
            value = "SD-8",
            choice =
                    "The warning goes to whoever gave the depot a listener, and comes for good: a handle that was put too"
                            + " often never names the next stack at its place, as it does in the kernel once the place is reused.")
    void should_reclaim_a_stack_and_complain_of_its_handle_when_each_counted_save_was_put() {
        int handle = saveCounted(3, depot);
        assertThat(saveCounted(3, depot)).isEqualTo(handle);
        depot.put(handle);
        assertThat(number(depot.frames(handle))).isEqualTo(3);
        depot.put(handle);
        assertThat(complaints).isEmpty();

        depot.put(handle);
        assertThat(depot.frames(handle)).isEmpty();
        int reused = saveCounted(4, depot);
        depot.put(handle);

        assertThat(number(depot.frames(reused))).isEqualTo(4);
        assertThat(StackHandle.place(reused)).isEqualTo(StackHandle.place(handle));
        assertThat(reused).isNotEqualTo(handle);
        assertThat(complaints).containsExactly(unknown(handle), unknown(handle), unknown(handle));
    }

    @Test
    @Behaviour(
            value = "SD-9",
            choice =
                    "Counted saves of a permanent stack are counted beside its permanence: only a put too many is"
                            + " complained of, not the put of one who saved it counted. The kernel's count is saturated for good.")
    void should_complain_and_keep_the_stack_when_it_was_saved_for_good_and_is_put() {
        int handle = save(3, depot);
        depot.put(handle);
        assertThat(complaints).containsExactly(surplus(handle));

        assertThat(saveCounted(3, depot)).isEqualTo(handle);
        depot.put(handle);
        assertThat(complaints).hasSize(1);

        depot.put(handle);
        assertThat(complaints).containsExactly(surplus(handle), surplus(handle));
        assertThat(number(depot.frames(handle))).isEqualTo(3);
    }

    @Test
    @Behaviour("SD-13")
    void should_move_the_counters_when_stacks_are_saved_and_put() {
        save(1, depot);
        save(1, depot);
        assertThat(depot.statistics()).isEqualTo(new DepotStatistics(1, 0, 0, 0, 0, 0));

        int handle = saveCounted(2, depot);
        saveCounted(2, depot);
        assertThat(depot.statistics()).isEqualTo(new DepotStatistics(1, 1, 1, 0, 0, 0));

        depot.put(handle);
        depot.put(handle);
        assertThat(depot.statistics()).isEqualTo(new DepotStatistics(1, 0, 1, 1, 1, 0));
        depot.put(handle);
        assertThat(depot.statistics()).isEqualTo(new DepotStatistics(1, 0, 1, 1, 1, 0));

        saveCounted(3, depot);
        saveCounted(1, depot);
        assertThat(depot.statistics()).isEqualTo(new DepotStatistics(1, 1, 2, 1, 0, 0));
        assertThat(depot.statistics().records()).isEqualTo(2);

        save(3, depot);
        assertThat(depot.statistics()).isEqualTo(new DepotStatistics(2, 0, 2, 1, 0, 0));
    }

    @Test
    void should_keep_a_counted_stack_for_good_when_it_is_saved_for_good_later() {
        int handle = saveCounted(3, depot);
        assertThat(save(3, depot)).isEqualTo(handle);

        depot.put(handle);

        assertThat(number(depot.frames(handle))).isEqualTo(3);
        assertThat(complaints).isEmpty();
    }

    @Test
    void should_find_room_when_a_full_depot_reclaimed_a_stack() {
        StackDepot full = new StackDepot(1, complaints::add);
        int handle = saveCounted(1, full);
        assertThat(saveCounted(2, full)).isZero();

        full.put(handle);
        assertThat(number(full.frames(saveCounted(2, full)))).isEqualTo(2);
        assertThat(saveCounted(3, full)).isZero();

        assertThat(full.statistics()).isEqualTo(new DepotStatistics(0, 1, 2, 1, 0, 2));
        assertThat(complaints).hasSize(1);
    }

    @Test
    void should_visit_no_reclaimed_stack_when_each_one_is_visited() {
        int first = save(1, depot);
        depot.put(saveCounted(2, depot));
        int third = save(3, depot);
        depot.put(saveCounted(4, depot));

        List<Integer> visited = new ArrayList<>();
        depot.forEach(stack -> visited.add(stack.handle()));

        assertThat(visited).containsExactly(first, third);
    }

    @Test
    void should_let_a_reader_go_on_when_its_record_is_reclaimed() {
        int handle = saveCounted(3, depot);
        StackRecord record = depot.fetch(handle);

        depot.put(handle);

        assertThat(number(record.frames())).isEqualTo(3);
        assertThat(record.handle()).isEqualTo(handle);
    }

    @Test
    void should_not_complain_when_0_is_put() {
        depot.put(0);

        assertThat(complaints).isEmpty();
    }

    @Test
    @Timeout(60)
    void should_count_exactly_when_sixteen_threads_save_counted_and_put_one_new_stack_at_once() throws Exception {
        int threads = 16;
        int saves = 200;
        for (int round = 0; round < 20; round++) {
            Set<Integer> handles = ConcurrentHashMap.newKeySet();
            Threads.runAtOnce(threads, thread -> {
                for (int i = 0; i < saves; i++) {
                    handles.add(NumberedStacks.beneath(1, depot, StackDepot::saveCounted));
                }
            });
            assertThat(handles).hasSize(1);
            int handle = handles.iterator().next();
            assertThat(depot.fetch(handle).count()).isEqualTo(threads * saves);

            Threads.runAtOnce(threads, thread -> {
                for (int i = 0; i < saves - thread % 2; i++) {
                    depot.put(handle);
                }
            });
            assertThat(depot.fetch(handle).count()).isEqualTo(threads / 2);
            Threads.runAtOnce(threads / 2, thread -> depot.put(handle));
            assertThat(depot.statistics().countedInUse()).isZero();
            assertThat(complaints).isEmpty();
        }
    }
}
