// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Methods that throw, at once or from what they call. */
public class Throwing {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.Throwing
              born <init>
              get retain
              put release
              use read
              use check refused when thrown
            """;

    private int count = 1;

    private Throwing retain() {
        if (count == 0) {
            throw new IllegalStateException("no reference is left");
        }
        count++;
        return this;
    }

    private void release() {
        if (count == 0) {
            throw new IllegalStateException("no reference is left");
        }
        count--;
    }

    private int read() {
        throw new UnsupportedOperationException();
    }

    private void check() {
        if (count == 0) {
            throw new IllegalStateException("no reference is left");
        }
    }

    private static void failing(Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException | UnsupportedOperationException e) {
            return;
        }
        throw new AssertionError("nothing was thrown");
    }

    public static void run() {
        Throwing target = new Throwing();
        expect("born");
        target.retain();
        expect("get 1");
        target.check();
        expect();
        target.release();
        target.release();
        expect("put 1", "put 1");
        failing(target::release);
        expect("put 1", "refused put");
        failing(target::retain);
        expect("refused use");
        failing(target::check);
        expect("refused use");
        failing(target::read);
        expect("use");
    }
}
