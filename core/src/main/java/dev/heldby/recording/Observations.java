// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Observation.State;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The lifecycles that came to a bad end, those alike put together. Any thread may add; the number of groups is bounded,
 * and what found no room is counted.
 */
final class Observations {
    private static final int CAPACITY = 4096;

    private final Map<Key, Group> groups = new ConcurrentHashMap<>();
    private final AtomicLong refused = new AtomicLong();

    /**
     * Adds one object in that state.
     *
     * @param scope the one to report it in, or null
     * @param trail the caller's; it is copied where it is kept. Null if not traced
     */
    void add(State state, Lifecycle lifecycle, Scope scope, Trail trail, long micros) {
        Key key =
                new Key(state, lifecycle.kind.id(), lifecycle.typeName(), trail == null ? 0 : trail.pathHash(), scope);
        if (groups.size() >= CAPACITY && !groups.containsKey(key)) {
            refused.incrementAndGet();
            return;
        }
        groups.computeIfAbsent(
                        key, k -> new Group(k, lifecycle.kind.rule(), trail == null ? null : trail.copy(), micros))
                .add(lifecycle.bytes, micros);
    }

    Collection<Group> groups() {
        return groups.values();
    }

    /** Forgets what belongs to that scope. */
    void removeAll(Scope scope) {
        groups.keySet().removeIf(key -> key.scope() == scope);
    }

    /** How many objects are missing from the groups for want of room. */
    long refused() {
        return refused.get();
    }

    /** What makes two objects alike. */
    record Key(State state, int kind, String type, long path, Scope scope) {}

    /** Objects alike, with the trail of the first of them. */
    static final class Group {
        final Key key;
        final FollowedRule rule;
        final Trail example;
        final long firstMicros;
        private long lastMicros;
        private long count;
        private long bytes;

        Group(Key key, FollowedRule rule, Trail example, long micros) {
            this.key = key;
            this.rule = rule;
            this.example = example;
            this.firstMicros = micros;
        }

        synchronized void add(long moreBytes, long micros) {
            count++;
            bytes += moreBytes;
            lastMicros = Math.max(lastMicros, micros);
        }

        synchronized long count() {
            return count;
        }

        synchronized long bytes() {
            return bytes;
        }

        synchronized long lastMicros() {
            return lastMicros;
        }
    }
}
