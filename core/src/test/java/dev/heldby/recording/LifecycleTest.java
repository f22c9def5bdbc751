// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final Object object = new StringBuilder();
    private final Watched watched = new Watched(Level.COUNT, End.TOLD);
    private final Lifecycle lifecycle = new Lifecycle(object, watched.kind, new ReferenceQueue<>());

    @Test
    void should_be_exact_when_threads_add_at_once() throws InterruptedException {
        lifecycle.start();
        Threads.runAtOnce(8, number -> {
            for (int i = 0; i < 50_000; i++) {
                lifecycle.addToCount(number % 2 == 0 ? 2 : -1);
            }
        });

        assertThat(lifecycle.count()).isEqualTo(1 + 4 * 50_000);
    }

    @Test
    void should_tell_one_thread_alone_of_the_last_reference_when_all_give_back_at_once() throws InterruptedException {
        lifecycle.start();
        lifecycle.addToCount(15);
        AtomicInteger last = new AtomicInteger();
        Threads.runAtOnce(16, number -> {
            if (lifecycle.addToCount(-1) == 0) {
                last.incrementAndGet();
            }
        });

        assertThat(last.get()).isEqualTo(1);
    }

    @Test
    void should_be_shown_under_its_own_class_when_the_rule_names_no_other() {
        CountedKind plain = watched.recorder.kind(watched.rule, null, End.TOLD);

        assertThat(new Lifecycle(object, plain, new ReferenceQueue<>())
                        .subject(null, null)
                        .type())
                .isEqualTo("java.lang.StringBuilder");
        assertThat(lifecycle.subject(null, null).type()).isEqualTo("toy.Toy");
    }
}
