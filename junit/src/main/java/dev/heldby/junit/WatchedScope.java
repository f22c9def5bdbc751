// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.recording.Scope;
import dev.heldby.recording.ScopeWatch;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/** The scope of one test or class, from its opening on the thread that runs it until JUnit closes it. */
final class WatchedScope implements AutoCloseable {
    private final ExtensionContext context;
    private final Wishes wishes;
    private final List<Healthy> earlier;
    private final Scope scope;

    private WatchedScope(ExtensionContext context, Wishes wishes, List<Healthy> earlier, Scope scope) {
        this.context = context;
        this.wishes = wishes;
        this.earlier = earlier;
        this.scope = scope;
    }

    /**
     * Opens it. A test's thread is in it until the end; a class's thread enters it only for the class's own callbacks,
     * since while it waits for the tests it may be lent to others.
     */
    static WatchedScope open(ExtensionContext context, WatchedScope outer) {
        Wishes wishes = Wishes.of(context);
        List<Healthy> earlier = Model.learnt(context);
        ScopeWatch watch = ScopeWatch.installed();
        Scope scope = watch.open(context.getUniqueId(), outer == null ? null : outer.scope);
        if (context.getTestMethod().isPresent()) {
            watch.enter(scope);
        }
        return new WatchedScope(context, wishes, earlier, scope);
    }

    /** Runs the class's static initializer in the scope, if it has not run. */
    void initialize(Class<?> type) throws ClassNotFoundException {
        ScopeWatch watch = ScopeWatch.installed();
        watch.enter(scope);
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } finally {
            watch.exit(scope);
        }
    }

    /** Does what belongs to the scope. */
    <T> T run(Invocation<T> invocation) throws Throwable {
        ScopeWatch watch = ScopeWatch.installed();
        watch.enter(scope);
        try {
            return invocation.proceed();
        } finally {
            watch.exit(scope);
        }
    }

    /** Ends the scope and throws what was wrong in it; JUnit adds that to the failure that the test has already. */
    @Override
    public void close() {
        boolean wasInterrupted = Thread.interrupted();
        try {
            Duration limit = wishes.isEnabled() ? wishes.limit() : Duration.ZERO;
            Snapshot snapshot = ScopeWatch.installed().close(scope, limit);
            if (wishes.isEnabled()) {
                Verdict verdict = Verdict.of(snapshot, earlier, wishes, StaticState.of(context));
                verdict.notes().forEach(note -> context.publishReportEntry("heldby", note));
                verdict.throwIfGuilty(Failure.place(context));
            }
        } catch (InterruptedException e) {
            wasInterrupted = true;
            throw new IllegalStateException("The wait for references to be given back was interrupted.", e);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
