// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import dev.heldby.Level;
import dev.heldby.recording.Holding;
import dev.heldby.recording.Scope;
import dev.heldby.recording.Subject;
import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.lang.ref.PhantomReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What is recorded of a {@link CountHistory}.
 *
 * <p>Any thread may call. The monitor guards the trail, the change of the count and of the flags, so that the order of
 * the events is that of their counts; the flags and the count may be read without it. A stack is captured before the
 * monitor is taken, unless something is wrong. Nobody is told of anything within it, but what is wrong is observed
 * there.
 */
final class FollowedHistory implements Holding {
    private final Histories histories;
    private final Witness witness;
    private final String name;
    private final long id;
    private final AtomicInteger count;
    private final Scope scope;
    private final long bornMicros;
    private final Trail trail = new Trail();

    /** Both without a queue: they are asked. */
    private final PhantomReference<Object> object;

    private final PhantomReference<CountHistory> history;

    private volatile boolean exited;
    /** Whether it was told of that references are left. */
    private volatile boolean told;

    private boolean misused;

    FollowedHistory(
            Histories histories, long id, Object object, CountHistory history, String name, AtomicInteger count) {
        this.histories = histories;
        this.id = id;
        this.object = new PhantomReference<>(object, null);
        this.history = new PhantomReference<>(history, null);
        this.name = name;
        this.count = count;
        witness = histories.witness;
        scope = witness.scope();
        Level level = witness.level();
        bornMicros = witness.micros(level);
        int stack = witness.stack(level);
        witness.begun(stack);
        trail.add(Op.BORN, count.get(), stack, false, witness.thread(), bornMicros);
    }

    void get() {
        event(Op.GET, 1);
    }

    /** Returns the references left. */
    int put() {
        return event(Op.PUT, -1);
    }

    void exit() {
        event(Op.DEAD, 0);
        histories.forget(this);
    }

    private int event(Op op, int change) {
        Level level = witness.level();
        int stack = witness.stack(level);
        long micros = witness.micros(level);
        int thread = witness.thread();
        Wrong wrong;
        int left;
        synchronized (this) {
            left = count.addAndGet(change);
            wrong = wrong(op, left);
            if (wrong != null) {
                stack = addWrong(wrong, op, left);
            } else {
                if (op == Op.DEAD) {
                    learn(left);
                    exited = true;
                }
                trail.add(op, left, stack, false, thread, micros);
            }
        }
        if (wrong != null) {
            complain(wrong, stack);
        }
        return left;
    }

    private void learn(int left) {
        if (left == 0 && !misused) {
            witness.learn(trail);
        }
    }

    /**
     * Something that must not be done.
     *
     * @param said what was done to the object
     * @param before the event that makes it wrong, and its stack or 0
     */
    private record Wrong(String kind, Observation.State state, String said, String before, int stackBefore) {}

    /** Null if nothing is. */
    private Wrong wrong(Op op, int left) {
        if (exited) {
            return afterExit(op, trail.lastStack(Op.DEAD));
        }
        return op == Op.PUT && left < 0
                ? new Wrong(
                        "surplus-put",
                        Observation.State.SURPLUS_PUT,
                        "put with no reference left",
                        "The last put before it",
                        trail.lastStack(Op.PUT))
                : null;
    }

    private static Wrong afterExit(Op op, int exit) {
        return switch (op) {
            case PUT ->
                new Wrong("put-after-exit", Observation.State.SURPLUS_PUT, "put after its exit", "The exit", exit);
            case DEAD -> new Wrong("second-exit", Observation.State.MISUSE, "exited after its exit", "The exit", exit);
            default -> new Wrong("get-after-exit", Observation.State.MISUSE, "got after its exit", "The exit", exit);
        };
    }

    /** Returns its stack, which is recorded at any level. */
    private int addWrong(Wrong wrong, Op op, int left) {
        misused = true;
        int stack = witness.stack();
        trail.add(op, left, stack, false, witness.thread(), witness.micros());
        Scope where = witness.scopeOfMisuse(scope);
        witness.observe(wrong.state, witness.subject(name, where, trail, wrong.said), 1);
        return stack;
    }

    private void complain(Wrong wrong, int stack) {
        String before = wrong.stackBefore == 0 ? "" : wrong.before + " was at\n" + witness.lines(wrong.stackBefore);
        witness.complain(
                wrong.kind, label(), label() + " was " + wrong.said + ".\n" + witness.lines(stack) + before, stack);
    }

    /** What tells it from all others of this process. */
    String label() {
        return name + "@" + id;
    }

    long id() {
        return id;
    }

    synchronized Trail trail() {
        return trail.copy();
    }

    boolean isCollected() {
        return object.refersTo(null);
    }

    /**
     * Observes it as unreachable if it is: nobody has the object or its history any more, and references are left.
     * While somebody has the history, such as a cleaner, they can still be given back.
     */
    void observeIfUnreachable() {
        if (history.refersTo(null) && isCollected() && isHeld()) {
            surrender(subject -> witness.observe(Observation.State.UNREACHABLE, subject, 1));
        }
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public long bornMicros() {
        return bornMicros;
    }

    @Override
    public boolean isHeld() {
        return !exited && !told && count.get() > 0;
    }

    @Override
    public synchronized void surrender(Consumer<Subject> to) {
        if (isHeld()) {
            to.accept(witness.subject(name, scope, trail, ""));
            told = true;
        }
    }
}
