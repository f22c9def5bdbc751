// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

import java.util.function.Supplier;

/** A covariant override: the compiler's bridge of the same name calls the method itself. */
public class Bridges implements Supplier<Bridges> {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.Bridges
              born <init>
              get get
            """;

    @Override
    public Bridges get() {
        return this;
    }

    public static void run() {
        Supplier<Bridges> target = new Bridges();
        expect("born");
        target.get();
        expect("get 1"); // and not a second time in the bridge
    }
}
