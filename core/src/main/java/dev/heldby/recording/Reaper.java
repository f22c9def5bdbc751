// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.time.Duration;

/**
 * The daemon thread that learns which counted objects the collector took, so that a leak is known without any further
 * allocation by the program.
 */
public final class Reaper {
    private static final long TICK_MILLIS = 100;
    private static final long LOOK_NANOS = 1_000_000_000;

    private final Recorder recorder;
    private volatile Duration age = Duration.ZERO;
    private boolean started;
    /** The thread's own. */
    private long nextLook;

    Reaper(Recorder recorder) {
        this.recorder = recorder;
    }

    /** From now on what is held longer than that is reported as aged; zero for never. */
    public void reportOlderThan(Duration limit) {
        age = limit;
    }

    /** Starts the thread, unless it runs already. */
    public synchronized void start() {
        if (!started) {
            started = true;
            Thread thread = new Thread(null, this::run, "HeldBy reaper", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }
    }

    private void run() {
        recorder.unrecorded(() -> {
            nextLook = System.nanoTime();
            while (true) {
                try {
                    reap(next(TICK_MILLIS));
                    recorder.clock.tick();
                    lookAtAges();
                } catch (OutOfMemoryError e) {
                    // The program's memory, which may come back; what was missed is still live, and told at the exit.
                }
            }
        });
    }

    private void lookAtAges() {
        Duration limit = age;
        if (!limit.isZero() && System.nanoTime() - nextLook >= 0) {
            recorder.badEnds.olderThan(limit.toNanos() / 1000);
            nextLook = System.nanoTime() + Math.max(LOOK_NANOS, limit.toNanos() / 4);
        }
    }

    private Reference<?> next(long millis) {
        try {
            return recorder.collected.remove(millis);
        } catch (InterruptedException e) {
            return null;
        }
    }

    private void reap(Reference<?> reference) {
        if (reference instanceof Lifecycle lifecycle) {
            recorder.badEnds.objectCollected(lifecycle);
        } else if (reference instanceof Witness.Watched watched) {
            watched.collected();
        } else if (reference instanceof Mark mark) {
            mark.reached();
        }
    }

    /**
     * Collects garbage and sees to what was found, at most until the limit is over. Where the JVM was told to ignore
     * explicit collections it only waits.
     *
     * <p>The queue keeps no order, so that our own mark may come through it before what the same collection found: the
     * mark tells only that a collection happened, and then every live lifecycle is asked.
     */
    public static void collect(Recorder recorder, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Mark mark = new Mark(new Object(), recorder);
        do {
            System.gc();
        } while (!mark.await(end) && System.nanoTime() - end < 0);
        recorder.badEnds.reapCleared();
    }

    /** A reference of our own to an object that is garbage already. */
    private static final class Mark extends PhantomReference<Object> {
        private static final long PATIENCE_MILLIS = 200;
        private boolean reached;

        Mark(Object garbage, Recorder recorder) {
            super(garbage, recorder.collected);
        }

        synchronized void reached() {
            reached = true;
            notifyAll();
        }

        @SuppressWarnings("WaitNotInLoop")
        synchronized boolean await(long endNanos) {
            try {
                long left = (endNanos - System.nanoTime()) / 1_000_000;
                if (!reached && left > 0) {
                    wait(Math.min(left, PATIENCE_MILLIS));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return reached;
        }
    }
}
