// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Methods whose boolean result says whether it happened. */
public class BooleanResults {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.BooleanResults
              born <init>
              get tryRetain when true
              put tryRelease when true references argument 1
              use isUsable refused when false
            """;

    private int count = 1;

    private boolean tryRetain() {
        if (count > 0) {
            count++;
        }
        return count > 0;
    }

    private boolean tryRelease(int references) {
        boolean there = count >= references;
        count -= there ? references : 0;
        return there;
    }

    private boolean isUsable() {
        return count > 0;
    }

    public static void run() {
        BooleanResults target = new BooleanResults();
        expect("born");
        target.tryRetain();
        expect("get 1 if true");
        target.isUsable();
        expect("usable true");
        target.tryRelease(2);
        expect("put 2 if true");
        target.tryRelease(2);
        expect("put 2 if false");
        target.tryRetain();
        expect("get 1 if false");
        target.isUsable();
        expect("usable false");
    }
}
