// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Does what the words it is given or reads say: {@code leak}, {@code close}, {@code return}, {@code lose}, {@code halt},
 * {@code exit}. */
public final class ForgetfulProgram {
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

    private static void act(String word) {
        switch (word) {
            case "leak" -> openAndForget();
            case "close" -> openAndClose();
            case "return" -> borrow(true);
            case "lose" -> borrow(false);
            case "halt" -> Runtime.getRuntime().halt(9);
            case "exit" -> System.exit(7);
            default -> throw new IllegalArgumentException(word);
        }
        System.out.println("done " + word);
    }

    private static void openAndForget() {
        new Drawer().hashCode();
    }

    private static void borrow(boolean giveBack) {
        Drawer drawer = new Drawer();
        if (giveBack) {
            drawer.close();
        }
    }

    private static void openAndClose() {
        try (Drawer drawer = new Drawer()) {
            drawer.hashCode();
        }
    }
}
