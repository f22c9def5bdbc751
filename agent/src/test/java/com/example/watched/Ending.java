// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a stream to its end, which comes in the way that the first argument says. */
@SuppressWarnings("resource")
public final class Ending {
    private static FileInputStream kept;

    private Ending() {}

    public static void main(String[] args) throws Exception {
        kept = new FileInputStream(Files.createTempFile("kept", ".txt").toFile());
        switch (args[0]) {
            case "return" -> {}
            case "exit" -> System.exit(7);
            case "throw" -> throw new IllegalStateException("thrown on purpose");
            case "closingHook" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(Ending::closeSlowly));
                System.exit(0);
            }
            case "whenSnapshotThere" -> {
                Path snapshot = Path.of(args[1]);
                new FileInputStream(snapshot.resolveSibling("out").toFile());
                long end = System.nanoTime() + 20_000_000_000L;
                while (!Files.exists(snapshot) && System.nanoTime() < end) {
                    System.gc();
                    Thread.sleep(20);
                }
                System.out.println(Files.exists(snapshot));
                Runtime.getRuntime().halt(0);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void closeSlowly() {
        try {
            Thread.sleep(300);
            kept.close();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
