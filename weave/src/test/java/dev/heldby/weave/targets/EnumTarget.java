// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** An enum whose constants are counted, one with a body of its own. */
public enum EnumTarget {
    PLAIN,
    WITH_BODY {
        @Override
        void release() {
            super.release();
        }
    };

    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.EnumTarget
              born <init>
              put release
            """;

    void release() {}

    public static void run() {
        PLAIN.release();
        expect("born", "born", "put 1");
        WITH_BODY.release();
        expect("put 1");
    }
}
