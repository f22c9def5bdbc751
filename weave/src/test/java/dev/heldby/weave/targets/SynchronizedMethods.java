// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Methods that hold monitors when they return or throw. */
public class SynchronizedMethods {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.SynchronizedMethods
              born <init>
              get retain
              put release
              put releaseInBlock
            """;

    private int count = 1;

    private synchronized void retain() {
        count++;
    }

    private synchronized void release() {
        if (--count < 0) {
            throw new IllegalStateException("no reference is left");
        }
    }

    private int releaseInBlock() {
        synchronized (SynchronizedMethods.class) {
            if (--count < 0) {
                throw new IllegalStateException("no reference is left");
            }
            return count;
        }
    }

    public static void run() {
        SynchronizedMethods target = new SynchronizedMethods();
        expect("born");
        target.retain();
        expect("get 1");
        target.release();
        target.releaseInBlock();
        expect("put 1", "put 1");
        for (int i = 0; i < 2; i++) {
            try {
                if (i == 0) {
                    target.release();
                } else {
                    target.releaseInBlock();
                }
                throw new AssertionError("nothing was thrown");
            } catch (IllegalStateException e) {
                expect("put 1", "refused put");
            }
        }
        if (Thread.holdsLock(target) || Thread.holdsLock(SynchronizedMethods.class)) {
            throw new AssertionError("a monitor was left locked");
        }
    }
}
