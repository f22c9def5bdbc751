// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class LiveSetTest {
    private final LiveSet live = new LiveSet();
    private final CountedKind kind = new Watched(Level.COUNT, End.TOLD).kind;

    private Lifecycle lifecycle() {
        return new Lifecycle(new Object(), kind, new ReferenceQueue<>());
    }

    private Lifecycle added(Ledger ledger) {
        Lifecycle lifecycle = lifecycle();
        ledger.add(lifecycle);
        return lifecycle;
    }

    private List<Lifecycle> members() {
        List<Lifecycle> members = new ArrayList<>();
        live.forEach(members::add);
        return members;
    }

    @Test
    void should_visit_each_once_when_several_threads_have_ledgers() throws InterruptedException {
        List<Lifecycle> added = Collections.synchronizedList(new ArrayList<>());
        Threads.runAtOnce(4, number -> {
            Ledger ledger = live.ledger();
            for (int i = 0; i < 200; i++) {
                added.add(added(ledger));
            }
        });

        assertThat(members()).containsExactlyInAnyOrderElementsOf(added);
    }

    @Test
    void should_keep_the_others_when_any_one_is_removed() {
        Ledger ledger = live.ledger();
        for (int removed = 0; removed < 3; removed++) {
            List<Lifecycle> added = new ArrayList<>(List.of(added(ledger), added(ledger), added(ledger)));
            Ledger.remove(added.remove(removed));

            assertThat(members()).containsExactlyInAnyOrderElementsOf(added);
            added.forEach(Ledger::remove);
        }
    }

    @Test
    void should_do_nothing_when_what_is_removed_is_not_there() {
        Ledger ledger = live.ledger();
        Lifecycle stays = added(ledger);
        Lifecycle twice = added(ledger);
        Ledger.remove(twice);

        Ledger.remove(twice);
        Ledger.remove(lifecycle());

        assertThat(members()).containsExactly(stays);
    }

    @Test
    void should_use_the_room_again_when_another_thread_emptied_it() throws InterruptedException {
        Ledger ledger = live.ledger();
        for (int round = 0; round < 50; round++) {
            List<Lifecycle> added = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                added.add(added(ledger));
            }
            Threads.runAtOnce(1, number -> added.forEach(Ledger::remove));
        }

        assertThat(members()).isEmpty();
        assertThat(ledger.room()).isLessThan(2000);
    }

    @Test
    void should_hand_a_ledger_on_when_its_thread_has_died() throws InterruptedException {
        Ledger[] ledgers = new Ledger[2];
        Lifecycle[] left = new Lifecycle[1];
        Threads.runAtOnce(1, number -> {
            ledgers[0] = live.ledger();
            left[0] = added(ledgers[0]);
        });
        Threads.runAtOnce(1, number -> ledgers[1] = live.ledger());

        assertThat(ledgers[1]).isSameAs(ledgers[0]);
        assertThat(members()).containsExactly(left[0]);
    }

    @Test
    void should_have_a_ledger_each_when_threads_are_alive() throws InterruptedException {
        Ledger mine = live.ledger();
        Ledger[] theirs = new Ledger[1];
        Threads.runAtOnce(1, number -> theirs[0] = live.ledger());

        assertThat(theirs[0]).isNotSameAs(mine);
    }

    @Test
    void should_hold_exactly_what_was_left_when_threads_remove_what_others_added() throws InterruptedException {
        List<Lifecycle> left = Collections.synchronizedList(new ArrayList<>());
        Queue<Lifecycle> handedOver = new ConcurrentLinkedQueue<>();
        Threads.runAtOnce(8, number -> {
            Random random = new Random(number);
            Ledger ledger = live.ledger();
            for (int i = 0; i < 10_000; i++) {
                Lifecycle lifecycle = added(ledger);
                switch (random.nextInt(10)) {
                    case 0 -> left.add(lifecycle);
                    case 1, 2, 3 -> handedOver.add(lifecycle);
                    default -> Ledger.remove(lifecycle);
                }
                Lifecycle others = handedOver.poll();
                if (others != null) {
                    Ledger.remove(others);
                }
            }
        });
        handedOver.forEach(Ledger::remove);

        assertThat(members()).containsExactlyInAnyOrderElementsOf(left);
    }
}
