// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Puts with handlers and finally blocks of their own: what they catch themselves is no refusal. */
public class TryFinally {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.TryFinally
              born <init>
              put caught
              put finallyRuns
              put nested
              get returnsFromFinally
            """;

    private int closed;

    private boolean caught(int divisor) {
        try {
            return 1 / divisor > 0;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private long finallyRuns(int divisor) {
        long result;
        try {
            result = 1 / divisor;
        } finally {
            closed++;
        }
        return result;
    }

    private void nested(String text) {
        try {
            try {
                Integer.parseInt(text);
            } finally {
                closed += text.length();
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @SuppressWarnings("finally")
    private int returnsFromFinally(int divisor) {
        try {
            return 1 / divisor;
        } finally {
            return 7;
        }
    }

    public static void run() {
        TryFinally target = new TryFinally();
        expect("born");
        target.caught(0);
        expect("put 1");
        target.finallyRuns(1);
        expect("put 1");
        try {
            target.finallyRuns(0);
        } catch (ArithmeticException e) {
            expect("put 1", "refused put");
        }
        target.nested("1");
        expect("put 1");
        try {
            target.nested("none");
        } catch (IllegalArgumentException e) {
            expect("put 1", "refused put");
        }
        target.returnsFromFinally(0);
        expect("get 1");
    }
}
