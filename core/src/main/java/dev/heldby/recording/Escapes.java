// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * Exceptions that left a method while an object that it had made was held. Looked at where objects were lost: whoever watches is told of
 * each such birth once, and has the methods on its stack report what leaves them. Any thread may call; nothing is thrown.
 */
public final class Escapes {
    /** In a note, what stands between the exception and the class and method that it left first. */
    public static final String OUT_OF = ", out of ";

    private final Recorder recorder;
    private volatile BiConsumer<FollowedRule, List<StackTraceElement>> watcher = (rule, birth) -> {};

    Escapes(Recorder recorder) {
        this.recorder = recorder;
    }

    /** Tells that one from now on where objects are lost, each birth's stack once; on the reaper's thread, so it must be quick. */
    public void watch(BiConsumer<FollowedRule, List<StackTraceElement>> lostBirths) {
        watcher = lostBirths;
    }

    void lost(BirthPlace place) {
        if (place.firstLoss()) {
            watcher.accept(place.healthy.rule, recorder.depot.frames(place.stack));
        }
    }

    /** An exception leaves that method, which the calling thread entered after so many births. */
    void left(Throwable thrown, int birthsBefore, String method) {
        ThreadState thread = recorder.threadState();
        if (thread.inside || thread.births == birthsBefore || thrown instanceof VirtualMachineError) {
            return;
        }
        recorder.unrecorded(() -> {
            try {
                thread.forEachBornAfter(birthsBefore, lifecycle -> note(lifecycle, thrown, method, thread));
            } catch (RuntimeException | Error e) {
                // Of the exception's own code, or of memory: nothing is known of this one.
            }
        });
    }

    private void note(Lifecycle lifecycle, Throwable thrown, String method, ThreadState thread) {
        long now = recorder.clock.micros(System.nanoTime());
        synchronized (lifecycle) {
            if (lifecycle.isHeld()
                    && lifecycle.trail instanceof WatchedTrail trail
                    && trail.thread(0) == thread.name
                    && !trail.isLeftBy(thrown)) {
                trail.leftBy(thrown, words(thrown, method), now);
            }
        }
    }

    private static String words(Throwable thrown, String method) {
        StackTraceElement[] stack = thrown.getStackTrace();
        String thrownAt = stack.length == 0 ? "" : " thrown at " + stack[0];
        return thrown.getClass().getName() + thrownAt + OUT_OF + method;
    }
}
