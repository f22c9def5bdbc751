// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Exceptions: thrown, caught, passed on; resources. */
abstract class TryWriter extends FlowWriter {
    TryWriter(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    @Override
    void moreStatements(List<BooleanSupplier> all) {
        super.moreStatements(all);
        if (has(Stage.B)) {
            all.add(this::raisingNowAndThen);
            all.add(this::tryStatement);
            all.add(this::tryStatement);
            all.add(this::tryStatement);
        }
    }

    private boolean raisingNowAndThen() {
        open("if (" + truth(1) + ")");
        line(raising());
        close();
        return true;
    }

    private boolean tryStatement() {
        boolean resource = chance(25);
        boolean caught = chance(75);
        boolean last = !caught && !resource || chance(40);
        return scoped(() -> {
            open("try" + (resource ? resources() : ""));
            boolean completes = branch();
            if (caught) {
                completes |= clauses();
            }
            if (last) {
                reopen("finally");
                completes &= lastBlock();
            }
            close();
            return completes;
        });
    }

    private String resources() {
        String name = fresh("r");
        Type type = pick(counted);
        String first = "Resource " + name + " = new Resource(" + expression(type, false, 1) + ")";
        return chance(30) ? " (" + first + "; Resource " + fresh("r") + " = new Resource(null))" : " (" + first + ")";
    }

    private boolean clauses() {
        boolean completes = false;
        if (chance(40)) {
            completes |= clause(chance(30) ? "ArithmeticException | " + exceptions.get(1) : exceptions.get(1).name);
        }
        if (chance(30)) {
            completes |= clause("NullPointerException");
        }
        completes |= clause(chance(60) ? "RuntimeException" : exceptions.get(0).name);
        return completes;
    }

    private boolean clause(String types) {
        String name = fresh("e");
        reopen("catch (" + types + " " + name + ")");
        return scoped(() -> {
            Type known = exceptions.stream()
                    .filter(each -> each.name.equals(types))
                    .findFirst()
                    .orElse(null);
            if (known != null) {
                declare(name, known, true, true);
            }
            boolean completes = branch();
            if (completes && mayJump && chance(20)) {
                line("throw " + name + ";");
                return false;
            }
            return completes;
        });
    }

    /** Seldom with a jump, which discards what was on its way. */
    private boolean lastBlock() {
        boolean before = mayJump;
        mayJump = mayJump && chance(30);
        boolean completes = branch();
        mayJump = before;
        return completes;
    }
}
