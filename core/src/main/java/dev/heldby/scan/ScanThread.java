// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The thread that scans by itself: first after a minute, then every ten minutes, at low priority. Once it was stopped and is
 * started again it scans at once.
 *
 * <p>Any thread may start and stop it, as often as it likes; a stop interrupts the scan that goes on, and waits for its end.
 */
public final class ScanThread {
    private static final long FIRST_SECONDS = 60;
    private static final long PERIOD_SECONDS = 600;

    private final Scanner scanner;
    private final Consumer<ScanResult> results;
    /* Guarded by this. */
    private long firstMillis;
    private long periodSeconds = PERIOD_SECONDS;
    private Loop running;

    /**
     * One that is not started yet.
     *
     * @param results hears of each scan that was not interrupted, on the scanning thread; what it throws is swallowed
     */
    public ScanThread(Scanner scanner, Consumer<ScanResult> results) {
        this(scanner, results, TimeUnit.SECONDS.toMillis(FIRST_SECONDS));
    }

    ScanThread(Scanner scanner, Consumer<ScanResult> results, long firstMillis) {
        this.scanner = scanner;
        this.results = results;
        this.firstMillis = firstMillis;
    }

    /** Does nothing if it runs, or blocks are not recorded any more. */
    public synchronized void start() {
        if (!isRunning() && scanner.isOn()) {
            running = new Loop(firstMillis, TimeUnit.SECONDS.toMillis(periodSeconds));
            firstMillis = 0;
            running.start();
        }
    }

    /** Does nothing if it does not run. */
    public void stop() {
        Loop loop = take();
        if (loop != null) {
            loop.end();
        }
    }

    private synchronized Loop take() {
        Loop loop = running;
        running = null;
        return loop;
    }

    public synchronized boolean isRunning() {
        return running != null && running.isAlive();
    }

    public synchronized long periodSeconds() {
        return periodSeconds;
    }

    /** For the next start. */
    public synchronized void periodSeconds(long seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException(
                    "The scans cannot begin every " + seconds + " seconds: give 1 or more, or stop the thread.");
        }
        periodSeconds = seconds;
    }

    /** One run of the thread. It is not stopped by an interrupt, which would close what the scan reads from. */
    private final class Loop extends Thread {
        private final long firstMillis;
        private final long periodMillis;
        /** Changed under this thread's monitor. */
        private volatile boolean ended;

        /* The priority is a courtesy: nothing relies on it. */
        @SuppressWarnings("ThreadPriorityCheck")
        Loop(long firstMillis, long periodMillis) {
            super(null, null, "heldby-scan", 0, false);
            this.firstMillis = firstMillis;
            this.periodMillis = periodMillis;
            setDaemon(true);
            setPriority(MIN_PRIORITY);
        }

        @Override
        public void run() {
            long delay = firstMillis;
            while (pause(delay) && scanner.isOn()) {
                ScanResult result = scanner.scan(() -> ended);
                if (!ended) {
                    tell(result);
                }
                delay = periodMillis;
            }
        }

        /** Whether to go on after that time. */
        private synchronized boolean pause(long millis) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            long left = millis;
            try {
                while (!ended && left > 0) {
                    wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                }
            } catch (InterruptedException e) {
                return false;
            }
            return !ended;
        }

        private void tell(ScanResult result) {
            try {
                results.accept(result);
            } catch (RuntimeException | LinkageError e) {
                // A listener's fault must not end the scans.
            }
        }

        void end() {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
            try {
                if (Thread.currentThread() != this) {
                    join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
