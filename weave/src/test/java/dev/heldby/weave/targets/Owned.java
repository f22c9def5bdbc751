// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Objects that may be made for an owner, which gives them back. */
public class Owned {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.Owned
              born <init> unless owned by argument 2
              put close
            """;

    Owned(long size, Object owner) {}

    private void close() {}

    public static void run() {
        new Owned(1, null).close();
        expect("born", "put 1");
        new Owned(1, "owner").close();
        expect("owned", "put 1 of nothing");
    }
}
