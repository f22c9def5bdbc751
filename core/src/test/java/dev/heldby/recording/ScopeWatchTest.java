// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Snapshot;
import java.lang.ref.Reference;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScopeWatchTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Watched watched = Watched.fully(End.TOLD);
    private final ScopeWatch watch = new ScopeWatch(watched.recorder, watched.snapshots);
    private final Object object = new Object();

    @BeforeEach
    void startReaper() {
        watched.startReaper(Duration.ZERO);
    }

    @Test
    void should_report_nothing_when_all_was_given_back() throws InterruptedException {
        Scope scope = watch.open("test");
        watched.putAndDie(watched.born(object));

        assertThat(watch.close(scope, LONG).observations()).isEmpty();
    }

    @Test
    void should_wait_when_another_thread_is_about_to_give_back() throws InterruptedException {
        Scope scope = watch.open("test");
        Lifecycle lifecycle = watched.born(object);
        Thread late = new Thread(() -> {
            sleep(300);
            watched.putAndDie(lifecycle);
        });
        late.start();

        assertThat(watch.close(scope, LONG).observations()).isEmpty();
        late.join();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_report_what_is_held_when_the_wait_is_over() throws InterruptedException {
        Scope scope = watch.open("test");
        watched.get(watched.born(object));
        Snapshot snapshot = watch.close(scope, SHORT);

        assertThat(snapshot.observations()).hasSize(1);
        Observation held = snapshot.observations().get(0);
        assertThat(held.state()).isEqualTo(Observation.State.HELD_AT_SCOPE_END);
        assertThat(Watched.words(held.example())).isEqualTo("BORN 1, GET 2");
        Reference.reachabilityFence(object);
    }

    @Test
    void should_report_what_is_unreachable_as_such_when_the_scope_ends() throws InterruptedException {
        Scope scope = watch.open("test");
        dropOne();

        assertThat(watch.close(scope, SHORT).observations())
                .extracting(Observation::state)
                .containsExactly(Observation.State.UNREACHABLE);
    }

    private void dropOne() {
        watched.born(new Object());
    }

    @Test
    void should_not_report_a_neighbours_object_when_the_scope_ends() throws InterruptedException {
        Scope scope = watch.open("test");
        Scope[] neighbour = new Scope[1];
        Threads.runOnForeign("neighbour", () -> {
            neighbour[0] = watch.open("neighbour");
            watched.born(object);
        });

        assertThat(watch.close(scope, SHORT).observations()).isEmpty();
        assertThat(watch.close(neighbour[0], SHORT).observations()).hasSize(1);
        Reference.reachabilityFence(object);
    }

    @Test
    void should_not_report_what_was_born_before_when_the_scope_ends() throws InterruptedException {
        watched.born(object);
        Scope scope = watch.open("test");

        assertThat(watch.close(scope, SHORT).observations()).isEmpty();
        Reference.reachabilityFence(object);
    }

    @Test
    void should_report_an_object_once_when_the_process_ends_after_its_scope() throws InterruptedException {
        Scope scope = watch.open("test");
        watched.born(object);
        watch.close(scope, SHORT);

        assertThat(watched.snapshots.atExit().observations()).isEmpty();
        Reference.reachabilityFence(object);
    }

    @Test
    void should_report_a_recycled_object_in_the_scope_of_its_last_birth() throws InterruptedException {
        Lifecycle lifecycle = watched.born(object);
        watched.putAndDie(lifecycle);
        Scope scope = watch.open("test");
        watched.bornAgain(object, lifecycle);

        assertThat(watch.close(scope, SHORT).observations()).hasSize(1);
        Reference.reachabilityFence(object);
    }
}
