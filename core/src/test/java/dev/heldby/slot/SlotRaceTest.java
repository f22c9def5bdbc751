// SPDX-License-Identifier: Apache-2.0
package dev.heldby.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.library.Library;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Unlike the kernel's, a slot can be used by several threads at once: exactly one of them succeeds. */
@Timeout(120)
class SlotRaceTest {
    private static final int ROUNDS = 2_000;

    private final Library library = new Library("slot", Level.COUNT);
    private final SlotCounters registry = new SlotCounters(library.witness, new SlotErrors(true));
    private final Slot creator = new Slot(registry, "creator");
    private final SlotCounter users = new SlotCounter(registry, "users", creator);
    private final Slot contended = new Slot(registry, "contended");
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final CyclicBarrier start = new CyclicBarrier(2);

    @AfterEach
    void end() {
        pool.shutdown();
    }

    /** How many of the two succeed when begun at once. */
    private int winners(Runnable one, Runnable other) throws Exception {
        List<Future<Boolean>> both = List.of(pool.submit(attempt(one)), pool.submit(attempt(other)));
        return (both.get(0).get() ? 1 : 0) + (both.get(1).get() ? 1 : 0);
    }

    private Callable<Boolean> attempt(Runnable operation) {
        return () -> {
            start.await();
            try {
                operation.run();
                return true;
            } catch (SlotException refused) {
                return false;
            }
        };
    }

    @Test
    void should_let_one_of_two_puts_win() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            users.get(contended);
            assertThat(winners(() -> users.put(contended), () -> users.put(contended)))
                    .isEqualTo(1);
            assertThat(users.value()).isEqualTo(1);
        }
        assertThat(library.kinds()).hasSize(ROUNDS).containsOnly("slot-empty");
    }

    @Test
    void should_let_one_of_a_put_and_a_move_win() throws Exception {
        Slot to = new Slot(registry, "to");
        for (int round = 0; round < ROUNDS; round++) {
            users.get(contended);
            assertThat(winners(() -> users.put(contended), () -> users.move(contended, to)))
                    .isEqualTo(1);
            boolean isMoved = to.state() == Slot.State.HELD;
            assertThat(users.slots()).isEqualTo(isMoved ? List.of(creator, to) : List.of(creator));
            assertThat(users.value()).isEqualTo(isMoved ? 2 : 1);
            if (isMoved) {
                users.put(to);
            }
        }
    }

    @Test
    void should_let_one_of_two_crosswise_moves_win() throws Exception {
        Slot to = new Slot(registry, "to");
        users.get(contended);
        for (int round = 0; round < ROUNDS; round++) {
            // Either both, one after the other, or the one that finds a reference.
            assertThat(winners(() -> users.move(contended, to), () -> users.move(to, contended)))
                    .isBetween(1, 2);
            assertThat(contended.state() == Slot.State.HELD).isNotEqualTo(to.state() == Slot.State.HELD);
            assertThat(users.value()).isEqualTo(2);
        }
    }

    @Test
    void should_let_one_of_two_counters_have_a_slot() throws Exception {
        SlotCounter others = new SlotCounter(registry, "others");
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(winners(() -> users.get(contended), () -> others.move(take(others), contended)))
                    .isEqualTo(1);
            boolean isOfUsers = users.slots().contains(contended);
            assertThat(others.slots().contains(contended)).isNotEqualTo(isOfUsers);
            assertThat(users.value()).isEqualTo(isOfUsers ? 2 : 1);
            (isOfUsers ? users : others).put(contended);
        }
        assertThat(library.kinds()).hasSize(ROUNDS).containsOnly("slot-occupied");
    }

    private Slot take(SlotCounter counter) {
        Slot slot = new Slot(registry, "own");
        counter.get(slot);
        return slot;
    }
}
