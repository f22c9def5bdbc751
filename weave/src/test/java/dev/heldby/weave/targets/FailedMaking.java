// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Objects whose making fails after super(), and objects that are given away inside wrappers. */
public class FailedMaking {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.FailedMaking
              excuse <init> when thrown
              excuse fill of argument 2 when thrown
              excuse keep of argument 1 through inner
            """;

    private final int size;

    FailedMaking(long much, int size) {
        super();
        if (much > 10) {
            String text = "too much";
            throw new IllegalStateException(text);
        }
        this.size = size;
    }

    FailedMaking(int size) {
        this(size > 0 ? size : parsed(new Object()), size);
    }

    FailedMaking(String size) {
        this(parsed(size));
    }

    private static int parsed(Object text) {
        return Integer.parseInt(text.toString());
    }

    static void fill(long amount, FailedMaking page, double rate) {
        for (long i = 0; i < amount; i++) {
            double share = rate / i;
            if (share < 1) {
                throw new IllegalStateException(page.size + " " + share);
            }
        }
    }

    static void keep(Object wrapper) {}

    private static void expectFailure(Runnable making) {
        try {
            making.run();
            throw new AssertionError("no failure");
        } catch (IllegalStateException | NumberFormatException e) {
            // As it should be.
        }
    }

    public static void run() {
        new FailedMaking(1L, 1);
        new FailedMaking(1);
        expect();
        expectFailure(() -> new FailedMaking(11L, 1));
        expect("excuse");
        expectFailure(() -> new FailedMaking(11));
        expect("excuse"); // by the constructor that it calls, and not again
        expectFailure(() -> new FailedMaking("no number"));
        expect(); // there is no object yet
        FailedMaking page = new FailedMaking(1L, 1);
        fill(1, page, 5.0);
        expect();
        expectFailure(() -> fill(10, page, 5.0));
        expect("excuse");
        keep(page);
        expect("excuseThrough");
    }
}
