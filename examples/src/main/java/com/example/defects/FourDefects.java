// SPDX-License-Identifier: Apache-2.0
package com.example.defects;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs the four defects once, or over and over for {@code --seconds N}; {@code --fixed} runs the same without them.
 *
 * <p>In each round {@link Banner} leaks one stream, {@link Mailer} one buffer, {@link Preview} releases a page that is
 * not its own, and {@link StatusPage} reads one that is gone.
 */
public final class FourDefects {

    private static final int HEALTHY_CALLS = 5;
    private static final long PAUSE_MILLIS = 200;

    private final boolean fixed;
    private final Path banner;
    private final Path emptyBanner;

    private FourDefects(boolean fixed, Path directory) throws IOException {
        this.fixed = fixed;
        banner = Files.writeString(directory.resolve("banner.txt"), "Welcome\nto the second line\n");
        emptyBanner = Files.writeString(directory.resolve("empty.txt"), "");
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        boolean fixed = false;
        int seconds = 0;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--fixed")) {
                fixed = true;
            } else if (args[i].equals("--seconds") && i + 1 < args.length) {
                seconds = Integer.parseInt(args[++i]);
            } else {
                throw new IllegalArgumentException("unknown option '" + args[i] + "'; use [--fixed] [--seconds N]");
            }
        }
        Path directory = Files.createTempDirectory("defects");
        FourDefects defects = new FourDefects(fixed, directory);
        try {
            defects.repeatFor(seconds);
        } finally {
            Files.delete(defects.banner);
            Files.delete(defects.emptyBanner);
            Files.delete(directory);
        }
    }

    private void repeatFor(int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int rounds = 0;
        do {
            round();
            rounds++;
            if (seconds > 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } while (System.nanoTime() < end);
        System.out.println("rounds: " + rounds);
    }

    private void round() throws IOException {
        readBanners();
        sendMails();
        printPages();
        showStatus();
    }

    private void readBanners() throws IOException {
        Banner reader = new Banner(fixed);
        for (int i = 0; i < HEALTHY_CALLS; i++) {
            reader.firstLine(banner);
        }
        reader.firstLine(emptyBanner);
    }

    private void sendMails() {
        Mailer mailer = new Mailer(fixed);
        for (int i = 0; i < HEALTHY_CALLS; i++) {
            mailer.send("ada@example.com");
        }
        mailer.send("nobody");
        System.out.println("bytes mailed: " + mailer.bytesSent());
    }

    private void printPages() {
        for (int i = 0; i < HEALTHY_CALLS; i++) {
            Page page = new Page("page " + i);
            Printer printer = new Printer(page);
            page.close();
            printer.finish();
        }
        Page page = new Page("the page that is looked at");
        Printer printer = new Printer(page);
        new Preview(fixed).show(page);
        page.close();
        printer.finish();
    }

    private void showStatus() {
        Page page = new Page("status: all well");
        StatusPage status = new StatusPage(page, fixed);
        status.show();
        page.close();
        status.show();
        status.close();
    }
}
