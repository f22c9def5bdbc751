// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Snapshot;
import java.time.Duration;

/** Opens scopes, and at their end waits a while for what was born in them to be given back. */
public final class ScopeWatch {
    private static final long POLL_MILLIS = 10;
    private static final Duration COLLECT_LIMIT = Duration.ofSeconds(2);

    private final Recorder recorder;
    private final Snapshots snapshots;

    public ScopeWatch(Recorder recorder, Snapshots snapshots) {
        this.recorder = recorder;
        this.snapshots = snapshots;
    }

    /** A scope for this thread and those that it starts from now on. */
    public Scope open(String name) {
        return recorder.scopes.enter(name);
    }

    /**
     * Ends a scope. Waits until nothing born in it holds a reference, at most that long; only if something does, the
     * garbage is collected, so that what is unreachable can be told from what is held.
     *
     * @return the observations of that scope alone
     */
    public Snapshot close(Scope scope, Duration limit) throws InterruptedException {
        recorder.scopes.leave(scope);
        long end = System.nanoTime() + limit.toNanos();
        while (holds(scope) && System.nanoTime() - end < 0) {
            Thread.sleep(POLL_MILLIS);
        }
        if (holds(scope)) {
            Reaper.collect(recorder, COLLECT_LIMIT);
        }
        return snapshots.ofScope(scope);
    }

    private boolean holds(Scope scope) {
        boolean[] holds = {false};
        recorder.live.forEach(lifecycle -> holds[0] |=
                lifecycle.scope == scope && lifecycle.state == Lifecycle.State.LIVE && lifecycle.count() > 0);
        return holds[0];
    }
}
