// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import dev.heldby.Level;

/** The objects that one stanza of a rule describes: how they are called and how they end. */
public final class CountedKind {

    /** What a kind's rule says of its objects' ends. */
    public enum End {
        /** A probe tells of it, since the count alone can be passed by a racing get. */
        TOLD,
        /** The put that leaves no reference is the end; a further put is an error. */
        LAST_PUT,
        /** As {@link #LAST_PUT}, but a further put is allowed, as with {@code Closeable.close()}. */
        LAST_PUT_IDEMPOTENT
    }

    private static final long ESCALATION_NANOS = 300_000_000_000L;

    private final int id;
    private final FollowedRule rule;
    private final String shownAs;
    private final End end;
    private volatile long leakedAt;
    private volatile boolean leaked;

    CountedKind(int id, FollowedRule rule, String shownAs, End end) {
        this.id = id;
        this.rule = rule;
        this.shownAs = shownAs;
        this.end = end;
    }

    /** The number that woven code names it by. */
    public int id() {
        return id;
    }

    public FollowedRule rule() {
        return rule;
    }

    Level level() {
        return rule.level();
    }

    End end() {
        return end;
    }

    /** The name to report an object of that class under. */
    String shownAs(Class<?> type) {
        return shownAs == null ? type.getName() : shownAs;
    }

    /** Its objects are traced more readily for five minutes from now. */
    void escalate(long nanoTime) {
        leakedAt = nanoTime;
        leaked = true;
    }

    boolean escalated(long nanoTime) {
        return leaked && nanoTime - leakedAt < ESCALATION_NANOS;
    }
}
