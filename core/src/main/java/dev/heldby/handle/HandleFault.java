// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import dev.heldby.recording.Trail;
import dev.heldby.recording.Witness;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this thread is doing wrong with a handle at this moment: observed, and said with the handle's get and its put. Each
 * method tells of it once.
 */
final class HandleFault {
    private static final String REMEDY =
            "Whoever needs the object for longer calls retain() and uses the handle that it returns, until its close().";

    private final String name;
    private final Object life;
    private final Counted<?> counted;
    private final Witness witness;
    private final Trail history;
    private final int here;
    /** Whether the object was destroyed over the head of this handle, which is still open. */
    private final boolean isForced;

    HandleFault(Handle<?> handle) {
        name = handle.toString();
        life = handle.life();
        counted = handle.counted();
        witness = counted.witness;
        history = witness.history(life);
        here = witness.stack();
        isForced = handle.isOpen() && counted.isForced();
    }

    /** An access, which is refused. */
    LapsedHandleException lapsed() {
        boolean lives = counted.count() > 0;
        String message = "The handle " + name + " was used after " + end(lives) + ". It was taken " + place(Op.BORN)
                + (isForced ? "" : " and given back " + place(Op.PUT)) + ". " + REMEDY;
        witness.refused(life, lives ? Observation.State.LAPSED_REFERENCE : Observation.State.LAPSED_USE, Op.USE, here);
        witness.complain("use-after-put", name, message + "\nUsed at:\n" + witness.lines(here) + stacks(), here);
        return exception(message);
    }

    private String end(boolean lives) {
        if (isForced) {
            return "its object had been destroyed" + at(counted.forcedAt());
        }
        return lives
                ? "it had been given back; the object still lives, through others"
                : "it had been given back; the object is destroyed";
    }

    private LapsedHandleException exception(String message) {
        LapsedHandleException exception = new LapsedHandleException(message, frames(here));
        exception.explain("Taken by thread " + thread(Op.BORN), frames(history.lastStack(Op.BORN)));
        if (isForced) {
            exception.explain("Destroyed", frames(counted.forcedAt()));
        } else {
            exception.explain("Given back by thread " + thread(Op.PUT), frames(history.lastStack(Op.PUT)));
        }
        return exception;
    }

    /** A second put, which is ignored. */
    void putTwice() {
        String message = "The handle " + name + " was given back twice; the second time is ignored. It was taken "
                + place(Op.BORN) + " and first given back " + place(Op.PUT)
                + ". A handle is closed once, by its holder.";
        witness.refused(life, Observation.State.SURPLUS_PUT, Op.PUT, here);
        witness.complain(
                "double-put", name, message + "\nGiven back again at:\n" + witness.lines(here) + stacks(), here);
    }

    /** The end of an object on the word of its owner, whose handle has been given back already. */
    static <T> void destroy(Handle<T> handle, T target) {
        Counted<T> counted = handle.counted();
        int left = counted.force() - 1;
        if (left > 0) {
            new HandleFault(handle).unbalanced(left);
        }
        if (left >= 0) {
            counted.destroy(target);
        }
    }

    private void unbalanced(int left) {
        counted.destroyedWithReferencesLeft(here);
        List<Trail> open = witness.surrenderAll(counted.family, Observation.State.HELD_AT_CLOSE);
        StringBuilder text = new StringBuilder("The object of the handle " + name + " was destroyed" + at(here)
                + " with " + left + " references left. Each is to be given back first, by closing its handle.\n");
        Map<Integer, Integer> places = new LinkedHashMap<>();
        open.forEach(trail -> places.merge(trail.lastStack(Op.BORN), 1, Integer::sum));
        places.merge(0, left - open.size(), Integer::sum);
        places.forEach((stack, count) -> text.append(stillOpen(stack, count)));
        witness.complainOnce("unbalanced", name, text.toString());
    }

    private String stillOpen(int stack, int count) {
        if (count <= 0) {
            return "";
        }
        return stack == 0
                ? count + " taken at places that were not recorded\n"
                : count + " taken at:\n" + witness.lines(stack);
    }

    private String stacks() {
        return stack("Taken at:\n", history.lastStack(Op.BORN))
                + stack("Given back at:\n", history.lastStack(Op.PUT))
                + stack("Destroyed at:\n", isForced ? counted.forcedAt() : 0);
    }

    private String stack(String title, int stack) {
        return stack == 0 ? "" : title + witness.lines(stack);
    }

    private String place(Op op) {
        int stack = history.lastStack(op);
        return stack == 0 ? "where no stack was recorded" : "by thread " + thread(op) + at(stack);
    }

    private String at(int stack) {
        List<StackTraceElement> frames = frames(stack);
        return frames.isEmpty() ? "" : " at " + frames.get(0);
    }

    private String thread(Op op) {
        return witness.threadName(history.lastThread(op));
    }

    private List<StackTraceElement> frames(int stack) {
        return witness.depot().frames(stack);
    }
}
