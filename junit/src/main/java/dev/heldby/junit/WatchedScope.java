// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import dev.heldby.recording.Scope;
import dev.heldby.recording.ScopeWatch;
import dev.heldby.snapshot.Snapshot;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The scope of one test or class, from its opening on the thread that runs it until JUnit closes it. */
final class WatchedScope implements AutoCloseable {
    private final ExtensionContext context;
    private final Wishes wishes;
    private final Scope scope;

    private WatchedScope(ExtensionContext context, Wishes wishes, Scope scope) {
        this.context = context;
        this.wishes = wishes;
        this.scope = scope;
    }

    /** @param outer the watched scope around it, or null */
    static WatchedScope open(ExtensionContext context, Object outer) {
        Wishes wishes = Wishes.of(context);
        Scope around = outer == null ? null : ((WatchedScope) outer).scope;
        return new WatchedScope(context, wishes, ScopeWatch.installed().open(context.getUniqueId(), around));
    }

    /** Ends the scope and throws what was wrong in it; JUnit adds that to the failure that the test has already. */
    @Override
    public void close() {
        boolean wasInterrupted = Thread.interrupted();
        try {
            Duration limit = wishes.isEnabled() ? wishes.limit() : Duration.ZERO;
            Snapshot snapshot = ScopeWatch.installed().close(scope, limit);
            if (wishes.isEnabled()) {
                Verdict verdict = Verdict.of(snapshot, wishes, StaticState.of(context));
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
