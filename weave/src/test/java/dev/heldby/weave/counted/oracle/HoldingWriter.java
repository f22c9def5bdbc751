// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Statements with arrays, patterns, locks, and classes of a method's own; threads. */
abstract class HoldingWriter extends TryWriter {
    HoldingWriter(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    @Override
    void moreStatements(List<BooleanSupplier> all) {
        super.moreStatements(all);
        if (has(Stage.C)) {
            all.add(this::forEach);
            all.add(this::copying);
            all.add(this::pattern);
            all.add(this::localClass);
            all.add(this::inner);
            all.add(this::lock);
        }
        if (has(Stage.D)) {
            all.add(this::thread);
            all.add(this::thread);
        }
    }

    private boolean forEach() {
        Type type = pick(counted);
        String name = fresh("v");
        String values = "new " + type + "[] {" + expression(type, false, 1) + ", " + expression(type, false, 1) + "}";
        Variable known =
                variable(each -> each.sure() && each.type().kind == Type.Kind.ARRAY && each.type().element == type);
        open("for (" + type + " " + name + " : " + (known == null || chance(50) ? values : known.name()) + ")");
        boolean before = mayJump;
        mayJump = false;
        scoped(() -> {
            declare(name, type, false, chance(50));
            return deeper(() -> block(1 + random.nextInt(2)));
        });
        mayJump = before;
        close();
        return true;
    }

    private boolean copying() {
        Variable from = variable(each -> each.sure() && each.type().kind == Type.Kind.ARRAY);
        Variable to = from == null ? null : variable(each -> each.sure() && each.type() == from.type());
        if (to == null) {
            return fieldAssignment();
        }
        line("System.arraycopy(" + from.name() + ", " + random.nextInt(2) + ", " + to.name() + ", " + random.nextInt(2)
                + ", " + (risky() ? 3 : 2) + ");");
        return true;
    }

    private boolean pattern() {
        Type type = pick(counted);
        Variable wide = variable(each -> type != each.type() && type.fits(each.type()));
        if (wide == null) {
            return fieldAssignment();
        }
        String bound = fresh("b");
        boolean loop = !wide.fixed() && !wide.sure() && chance(30);
        open((loop ? "while (Main.fuel-- > 0 && " : "if (") + wide.name() + " instanceof " + type + " " + bound + " && "
                + truth(1) + ")");
        boolean before = mayJump;
        mayJump = false;
        scoped(() -> {
            declare(bound, type, true, false);
            return deeper(() -> block(1 + random.nextInt(2)));
        });
        mayJump = before;
        if (!loop && chance(40)) {
            reopen("else");
            closedBranch();
        }
        close();
        return true;
    }

    private void closedBranch() {
        boolean before = mayJump;
        mayJump = false;
        branch();
        mayJump = before;
    }

    /** A class that uses a variable of the method, and the instance around it. */
    private boolean localClass() {
        Variable captured = variable(each -> each.fixed() && each.type().kind == Type.Kind.COUNTED);
        if (captured == null) {
            return fieldAssignment();
        }
        String name = fresh("L");
        String variable = fresh("v");
        open("class " + name);
        line(captured.type() + " own = " + captured.name() + ";");
        open(captured.type() + " get()");
        if (self != null) {
            line("T.note(" + self + ".this.id);");
        }
        line("return this.own == null ? " + captured.name() + " : this.own;");
        close();
        close();
        step();
        line(name + " " + variable + " = new " + name + "();");
        step();
        if (chance(50)) {
            line(variable + ".own = " + expression(captured.type(), false, 1) + ";");
            step();
        }
        line("T.note(" + variable + ".get() == null ? 0 : 1);");
        return true;
    }

    private boolean inner() {
        Variable outer = variable(each -> each.sure() && each.type().kind == Type.Kind.COUNTED);
        if (outer == null) {
            return fieldAssignment();
        }
        String name = fresh("v");
        line(outer.type() + ".In" + outer.type() + " " + name + " = "
                + (chance(50) ? outer.name() : simplest(outer.type())) + ".new In" + outer.type() + "();");
        step();
        line(name + ".held = " + expression(pick(counted), false, 1) + ";");
        step();
        line("T.note(" + name + ".outer());");
        return true;
    }

    /** Not in a switch that is an expression: javac forgets what is on the stack there, and the JVM refuses the class. */
    private boolean lock() {
        if (inExpression) {
            return fieldAssignment();
        }
        open("synchronized (" + expression(pick(counted), true, 1) + ")");
        boolean completes = branch();
        close();
        return completes;
    }

    /** Whose body catches all that it throws. */
    private boolean thread() {
        String name = fresh("t");
        line("Thread " + name + " = new Thread(" + task() + ");");
        step();
        line("Main.await(" + name + ");");
        return true;
    }

    private String task() {
        return scoped(() -> {
            scope.removeIf(each -> !each.fixed());
            return "() -> "
                    + aside(() -> {
                        out.append("{\n");
                        nested(() -> {
                            open("try");
                            apart(Type.VOID, false, () -> {
                                int before = depth;
                                depth = Math.min(depth, 1);
                                openBlock(1 + random.nextInt(3));
                                depth = before;
                            });
                            reopen("catch (RuntimeException e)");
                            line("T.note(-2);");
                            close();
                        });
                        out.append(indentation()).append("}");
                    });
        });
    }
}
