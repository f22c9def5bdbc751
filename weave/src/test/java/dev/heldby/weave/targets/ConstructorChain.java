// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Constructors that call another of their class, or their super class, with objects of their own class around. */
public class ConstructorChain {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.ConstructorChain
              born <init>
            """;

    private final ConstructorChain inner;

    ConstructorChain() {
        this(1);
    }

    ConstructorChain(int depth) {
        this(depth > 0 ? new ConstructorChain(depth - 1) : null);
    }

    ConstructorChain(ConstructorChain inner) {
        this.inner = inner;
    }

    ConstructorChain(boolean early) {
        inner = new ConstructorChain(0);
        if (early) {
            return;
        }
        if (inner.inner != null) {
            throw new IllegalStateException();
        }
    }

    ConstructorChain(String fails) {
        this(Integer.parseInt(fails));
    }

    private static class Below extends ConstructorChain {
        Below() {
            super(new ConstructorChain((ConstructorChain) null));
        }
    }

    public static void run() {
        new ConstructorChain((ConstructorChain) null);
        expect("born");
        new ConstructorChain(0);
        expect("born");
        new ConstructorChain();
        expect("born", "born"); // the inner one, then itself once
        new ConstructorChain(true);
        expect("born", "born");
        new ConstructorChain(false);
        expect("born", "born");
        new Below();
        expect("born", "born"); // the argument, then the super class's constructor
        try {
            new ConstructorChain("no number");
        } catch (NumberFormatException e) {
            expect(); // never born
        }
    }
}
