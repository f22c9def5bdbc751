// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * One line on standard error that moves while the user waits. It appears after two seconds, only on a terminal, and is
 * wiped out when the waiting is over.
 */
final class Progress {
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long STEP_MILLIS = 200;
    private static final String FRAMES = "|/-\\";

    private final PrintWriter err;
    private final String doing;
    private final Thread ticker;

    private Progress(PrintWriter err, String doing) {
        this.err = err;
        this.doing = doing;
        ticker = new Thread(this::tick, "heldby progress");
        ticker.setDaemon(true);
    }

    static <T> T during(PrintWriter err, String doing, Callable<T> work) throws Exception {
        if (!onTerminal()) {
            return work.call();
        }
        Progress progress = new Progress(err, doing);
        progress.ticker.start();
        try {
            return work.call();
        } finally {
            progress.end();
        }
    }

    private void end() {
        ticker.interrupt();
        try {
            ticker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        long start = System.nanoTime();
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            return;
        }
        try {
            for (int i = 0; ; i++) {
                long seconds = (System.nanoTime() - start) / 1_000_000_000L;
                err.printf("\r%c %s (%d s)", FRAMES.charAt(i % FRAMES.length()), doing, seconds);
                err.flush();
                Thread.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    /** From JDK 22 on there is a console also where there is no terminal, and it says which. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
