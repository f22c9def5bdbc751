// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Methods that return from several places: branches, loops, a switch. */
public class SeveralReturns {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.SeveralReturns
              born <init>
              get branch
              get loop
              get choose
              put drain
            """;

    private SeveralReturns branch(int number) {
        if (number > 0) {
            return this;
        }
        return number < 0 ? null : new SeveralReturns();
    }

    private int loop(int until) {
        for (int i = 0; ; i++) {
            if (i == until) {
                return i;
            }
            while (i > 5) {
                return -1;
            }
        }
    }

    private double choose(String name) {
        switch (name) {
            case "one":
                return 1;
            case "two":
                return 2;
            default:
                return Double.NaN;
        }
    }

    private void drain(int times) {
        do {
            if (times == 3) {
                return;
            }
        } while (times-- > 0);
    }

    public static void run() {
        SeveralReturns target = new SeveralReturns();
        expect("born");
        target.branch(1);
        expect("get 1");
        target.branch(-1);
        expect("get 1");
        target.branch(0);
        expect("born", "get 1");
        target.loop(3);
        expect("get 1");
        target.loop(10);
        expect("get 1");
        target.choose("one");
        target.choose("two");
        target.choose("three");
        expect("get 1", "get 1", "get 1");
        target.drain(5);
        target.drain(0);
        expect("put 1", "put 1");
    }
}
