// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Snapshot;
import java.time.Duration;

/** Opens scopes, and at their end waits a while for what was born in them to be given back. */
public final class ScopeWatch {
    private static final long POLL_MILLIS = 10;
    private static final Duration COLLECT_LIMIT = Duration.ofSeconds(2);

    private static volatile ScopeWatch installed;

    private final Recorder recorder;
    private final Snapshots snapshots;

    public ScopeWatch(Recorder recorder, Snapshots snapshots) {
        this.recorder = recorder;
        this.snapshots = snapshots;
    }

    /** The one that the agent put in place in this process, or null where it is not installed. */
    public static ScopeWatch installed() {
        return installed;
    }

    /** Makes this the one that {@link #installed()} finds. */
    public void install() {
        installed = this;
    }

    /** A scope for this thread and those that it starts from now on, within the one that this thread is in. */
    public Scope open(String name) {
        Scope scope = recorder.scopes.openWithinThisThreads(name);
        recorder.scopes.enter(scope);
        return scope;
    }

    /**
     * A scope that no thread is in yet.
     *
     * @param outer the scope that it is part of, or null
     */
    public Scope open(String name, Scope outer) {
        return recorder.scopes.open(name, outer);
    }

    /** What is born on this thread, and on those that it starts, belongs to that scope until the thread exits it. */
    public void enter(Scope scope) {
        recorder.scopes.enter(scope);
    }

    /** Ends this thread's stay in that scope, which goes on. */
    public void exit(Scope scope) {
        recorder.scopes.exit(scope);
    }

    /**
     * Ends a scope. Waits until nothing born in it holds a reference, at most that long; only if something does, the
     * garbage is collected, so that what is unreachable can be told from what is held.
     *
     * @return the observations of that scope alone, which no later snapshot repeats
     */
    public Snapshot close(Scope scope, Duration limit) throws InterruptedException {
        scope.end();
        recorder.scopes.exit(scope);
        long end = System.nanoTime() + limit.toNanos();
        while (holds(scope) && System.nanoTime() - end < 0) {
            Thread.sleep(POLL_MILLIS);
        }
        if (holds(scope)) {
            Reaper.collect(recorder, COLLECT_LIMIT);
        }
        Snapshot[] taken = new Snapshot[1];
        // It may read the program's classes, and what it opens for that is not the program's.
        recorder.unrecorded(() -> taken[0] = snapshots.ofScope(scope));
        return taken[0];
    }

    /** What ended well in all scopes, and outside of them. */
    public Snapshot learnt() {
        Snapshot[] taken = new Snapshot[1];
        recorder.unrecorded(() -> taken[0] = snapshots.learnt());
        return taken[0];
    }

    private boolean holds(Scope scope) {
        boolean[] holds = {false};
        recorder.forEachHolding(holding -> holds[0] |= holding.scope() == scope && holding.isHeld());
        return holds[0];
    }
}
