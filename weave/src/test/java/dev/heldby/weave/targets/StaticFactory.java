// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.targets;

import static dev.heldby.weave.ProbeLog.expect;

/** Objects that static methods and other objects make, take and give back. */
public class StaticFactory {
    public static final String RULES = """
            rule test
            type dev.heldby.weave.targets.StaticFactory
              born open of result
              get dev.heldby.weave.targets.StaticFactory$Desk.lend of argument 2
              get dev.heldby.weave.targets.StaticFactory$Desk.borrow of result
              put dev.heldby.weave.targets.StaticFactory$Desk.giveBack of argument 2 references argument 3
              put dev.heldby.weave.targets.StaticFactory$Desk.giveBackStatic of argument 2
              use dev.heldby.weave.targets.StaticFactory$Desk.check of argument 1 refused when thrown
              excuse dev.heldby.weave.targets.StaticFactory$Desk.keep of argument 1
              excuse keeper of result
            """;

    static StaticFactory open(boolean fails) {
        return fails ? null : new StaticFactory();
    }

    static StaticFactory keeper() {
        return null;
    }

    /** Works on the counted objects. */
    static class Desk {
        private static void lend(long until, StaticFactory object) {}

        private StaticFactory borrow(StaticFactory object) {
            return object;
        }

        private void giveBack(double fee, StaticFactory object, int references) {
            if (fee < 0) {
                throw new IllegalArgumentException("a negative fee");
            }
        }

        private static void giveBackStatic(long fee, StaticFactory object) {
            if (fee < 0) {
                throw new IllegalArgumentException("a negative fee");
            }
        }

        private void check(StaticFactory object) {
            for (int i = 0; i < 2; i++) {
                Object own = i == 0 ? "text" : this;
                if (own == object) {
                    return;
                }
            }
            throw new IllegalArgumentException("lapsed");
        }

        private void keep(StaticFactory object) {}
    }

    private static void failing(Runnable work) {
        try {
            work.run();
        } catch (IllegalArgumentException e) {
            return;
        }
        throw new AssertionError("nothing was thrown");
    }

    public static void run() {
        StaticFactory target = open(false);
        expect("born");
        open(true);
        expect("born null");
        Desk desk = new Desk();
        Desk.lend(1, target);
        expect("get 1");
        desk.borrow(target);
        expect("get 1");
        desk.borrow(new StaticFactory());
        expect("get 1 of nothing");
        desk.giveBack(0, target, 5);
        expect("put 5");
        failing(() -> desk.giveBack(-1, target, 5));
        expect("put 5", "refused put");
        failing(() -> Desk.giveBackStatic(-1, target));
        expect("put 1", "refused put");
        failing(() -> desk.check(target));
        expect("refused use");
        desk.keep(target);
        expect("excuse");
        keeper();
        expect("excuse null");
    }
}
