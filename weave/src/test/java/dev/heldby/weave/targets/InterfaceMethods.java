// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Operations in an interface's static, default and private methods. */
public interface InterfaceMethods {
    String RULES = """
            rule test
            type dev.heldby.weave.targets.InterfaceMethods
              born open of result
              get retain
              put release
              use checked refused when thrown
            """;

    static InterfaceMethods open() {
        return new InterfaceMethods() {};
    }

    default InterfaceMethods retain() {
        return this;
    }

    default void release() {
        checked();
        throw new IllegalStateException("no reference is left");
    }

    private void checked() {}

    static void run() {
        InterfaceMethods target = open();
        expect("born");
        target.retain();
        expect("get 1");
        try {
            target.release();
            throw new AssertionError("nothing was thrown");
        } catch (IllegalStateException e) {
            expect("put 1", "refused put");
        }
    }
}
