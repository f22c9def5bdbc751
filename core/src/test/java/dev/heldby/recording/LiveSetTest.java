// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveSetTest {
    private final LiveSet live = new LiveSet();
    private final CountedKind kind = new Watched(Level.COUNT, End.TOLD).kind;

    private Lifecycle lifecycle() {
        return new Lifecycle(new Object(), kind, new ReferenceQueue<>());
    }

    private Lifecycle added(int thread) {
        Lifecycle lifecycle = lifecycle();
        live.add(lifecycle, thread);
        return lifecycle;
    }

    private List<Lifecycle> members() {
        List<Lifecycle> members = new ArrayList<>();
        live.forEach(members::add);
        return members;
    }

    @Test
    void should_visit_each_once_when_threads_share_stripes() {
        List<Lifecycle> added = new ArrayList<>();
        for (int thread = 0; thread < 200; thread++) {
            added.add(added(thread));
        }

        assertThat(members()).containsExactlyInAnyOrderElementsOf(added);
        assertThat(live.size()).isEqualTo(200);
    }

    @Test
    void should_keep_the_others_when_any_one_is_removed() {
        for (int removed = 0; removed < 3; removed++) {
            List<Lifecycle> added = new ArrayList<>(List.of(added(1), added(1), added(1)));
            live.remove(added.remove(removed));

            assertThat(members()).containsExactlyInAnyOrderElementsOf(added);
            added.forEach(live::remove);
        }
        assertThat(live.size()).isZero();
    }

    @Test
    void should_do_nothing_when_what_is_removed_is_not_there() {
        Lifecycle stays = added(0);
        Lifecycle twice = added(0);
        live.remove(twice);

        live.remove(twice);
        live.remove(lifecycle());

        assertThat(members()).containsExactly(stays);
        assertThat(live.size()).isEqualTo(1);
    }

    @Test
    void should_be_empty_when_all_are_removed_in_any_order() {
        List<Lifecycle> added = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            added.add(added(i % 3));
        }
        Collections.shuffle(added, new Random(1));
        added.forEach(live::remove);

        assertThat(members()).isEmpty();
        assertThat(live.size()).isZero();
    }

    @Test
    void should_hold_exactly_what_was_left_when_threads_add_and_remove_at_once() throws InterruptedException {
        int threads = 8;
        List<Lifecycle> left = Collections.synchronizedList(new ArrayList<>());
        Threads.runAtOnce(threads, number -> {
            Random random = new Random(number);
            for (int i = 0; i < 10_000; i++) {
                Lifecycle lifecycle = added(number % 2);
                if (random.nextInt(10) == 0) {
                    left.add(lifecycle);
                } else {
                    live.remove(lifecycle);
                }
            }
        });

        assertThat(members()).containsExactlyInAnyOrderElementsOf(left);
        assertThat(live.size()).isEqualTo(left.size());
    }
}
