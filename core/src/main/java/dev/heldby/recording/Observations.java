// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.snapshot.Observation.State;
import dev.heldby.snapshot.Op;
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

    /** Adds so many subjects alike in that state. */
    void add(State state, Subject subject, long count, long micros) {
        Trail trail = subject.trail();
        Key key = new Key(
                state,
                subject.rule(),
                subject.type(),
                trail == null ? 0 : trail.pathHash(),
                trail == null || trail.lastUse() == null ? 0 : trail.lastUse().stack,
                subject.scope(),
                subject.note());
        if (groups.size() >= CAPACITY && !groups.containsKey(key)) {
            refused.addAndGet(count);
            return;
        }
        groups.computeIfAbsent(key, k -> new Group(k, trail == null ? null : trail.copy(), micros))
                .add(count, count * subject.bytes(), micros);
    }

    Collection<Group> groups() {
        return groups.values();
    }

    /** Forgets what belongs to that scope. */
    void removeAll(Scope scope) {
        groups.keySet().removeIf(key -> key.scope() == scope);
    }

    /** Forgets what was observed in that state of objects that were given back with that stack: it was no defect. */
    void withdraw(State state, int put) {
        groups.values()
                .removeIf(
                        group -> group.key.state() == state && group.example != null && group.example.has(Op.PUT, put));
    }

    /** How many objects are missing from the groups for want of room. */
    long refused() {
        return refused.get();
    }

    /** What makes two subjects alike. */
    record Key(State state, FollowedRule rule, String type, long path, int lastUse, Scope scope, String note) {}

    /** Objects alike, with the trail of the first of them. */
    static final class Group {
        final Key key;
        final Trail example;
        final long firstMicros;
        private long lastMicros;
        private long count;
        private long bytes;

        Group(Key key, Trail example, long micros) {
            this.key = key;
            this.example = example;
            this.firstMicros = micros;
        }

        synchronized void add(long more, long moreBytes, long micros) {
            count += more;
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
