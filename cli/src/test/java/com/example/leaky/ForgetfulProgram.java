// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Does what the words it is given or reads say: {@code leak}, {@code close}, {@code halt}, {@code exit}. */
public final class ForgetfulProgram {
    private static final Path FILE = file();

    private ForgetfulProgram() {}

    public static void main(String... words) throws IOException {
        for (String word : words) {
            act(word);
        }
        if (words.length == 0) {
            System.out.println("ready");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String word = in.readLine(); word != null; word = in.readLine()) {
                act(word);
            }
        }
    }

    static void act(String word) throws IOException {
        switch (word) {
            case "leak" -> openAndForget();
            case "close" -> openAndClose();
            case "halt" -> Runtime.getRuntime().halt(9);
            case "exit" -> System.exit(7);
            default -> throw new IllegalArgumentException(word);
        }
        System.out.println("done " + word);
    }

    private static void openAndForget() throws IOException {
        new FileInputStream(FILE.toFile()).read();
    }

    private static void openAndClose() throws IOException {
        try (FileInputStream in = new FileInputStream(FILE.toFile())) {
            in.read();
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("forgetful", ".txt");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
