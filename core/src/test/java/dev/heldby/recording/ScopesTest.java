// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopesTest {
    private final Scopes scopes = new Scopes();

    private Scope ofForeignThread() throws InterruptedException {
        AtomicReference<Scope> scope = new AtomicReference<>();
        Threads.runOnForeign("foreign", () -> scope.set(scopes.ofBirth()));
        return scope.get();
    }

    private Scope entered(String name) {
        Scope scope = scopes.openWithinThisThreads(name);
        scopes.enter(scope);
        return scope;
    }

    private void left(Scope scope) {
        scope.end();
        scopes.exit(scope);
    }

    @Test
    void should_belong_to_none_when_none_is_open() {
        assertThat(scopes.ofBirth()).isNull();
    }

    @Test
    void should_belong_to_the_threads_own_scope_when_it_has_one() {
        Scope own = entered("own");

        assertThat(scopes.ofBirth()).isSameAs(own);
    }

    @Test
    void should_belong_to_the_threads_own_scope_when_another_thread_has_another() throws InterruptedException {
        Scope own = entered("own");
        AtomicReference<Scope> others = new AtomicReference<>();
        Threads.runOnForeign("other", () -> {
            entered("other");
            others.set(scopes.ofBirth());
        });

        assertThat(scopes.ofBirth()).isSameAs(own);
        assertThat(others.get().name()).isEqualTo("other");
    }

    @Test
    void should_belong_to_the_starters_scope_when_the_thread_was_started_in_it() throws InterruptedException {
        Scope own = entered("own");
        Threads.runOnForeign("other", () -> entered("other"));
        AtomicReference<Scope> inherited = new AtomicReference<>();
        Thread started = new Thread(() -> inherited.set(scopes.ofBirth()));
        started.start();
        started.join();

        assertThat(inherited.get()).isSameAs(own);
    }

    @Test
    void should_belong_to_the_only_open_scope_when_the_thread_has_none() throws InterruptedException {
        Scope only = entered("only");

        assertThat(ofForeignThread()).isSameAs(only);
    }

    @Test
    void should_belong_to_none_when_the_thread_has_none_and_two_are_open() throws InterruptedException {
        entered("one");
        Threads.runOnForeign("other", () -> entered("two"));

        assertThat(ofForeignThread()).isNull();
    }

    @Test
    void should_belong_to_the_new_scope_when_a_pooled_thread_was_started_in_an_ended_one() throws Exception {
        Scope first = entered("first");
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            assertThat(pool.submit(scopes::ofBirth).get()).isSameAs(first);
            left(first);
            Scope second = entered("second");

            assertThat(pool.submit(scopes::ofBirth).get()).isSameAs(second);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void should_belong_to_the_inner_scope_then_to_the_outer_one_when_scopes_nest() {
        Scope outer = entered("outer");
        Scope inner = entered("inner");
        Scope within = scopes.ofBirth();
        left(inner);

        assertThat(within).isSameAs(inner);
        assertThat(scopes.ofBirth()).isSameAs(outer);
    }

    @Test
    void should_belong_to_none_when_the_scope_has_ended() {
        left(entered("own"));

        assertThat(scopes.ofBirth()).isNull();
    }

    @Test
    void should_belong_to_the_inner_scope_when_the_outer_one_ends_first() {
        Scope outer = entered("outer");
        Scope inner = entered("inner");
        left(outer);

        assertThat(scopes.ofBirth()).isSameAs(inner);
        left(inner);
        assertThat(scopes.ofBirth()).isNull();
    }

    @Test
    void should_belong_to_none_when_the_scope_was_left_by_another_thread() throws InterruptedException {
        Scope own = entered("own");
        Threads.runOnForeign("other", () -> left(own));

        assertThat(scopes.ofBirth()).isNull();
    }
}
