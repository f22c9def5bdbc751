// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Branches, loops and jumps. */
abstract class FlowWriter extends StatementWriter {
    /** The labels of the loops around; empty for one that has none. */
    private List<String> loops = new ArrayList<>();

    private boolean inSwitch;

    FlowWriter(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    @Override
    void moreStatements(List<BooleanSupplier> all) {
        all.add(this::branching);
        all.add(this::branching);
        all.add(this::whileLoop);
        all.add(this::forLoop);
        all.add(this::doLoop);
        all.add(this::oldSwitch);
        all.add(this::arrowSwitch);
    }

    private boolean branching() {
        open("if (" + truth(2) + ")");
        boolean completes = branch();
        if (chance(50)) {
            close();
            return true;
        }
        reopen("else");
        completes |= branch();
        close();
        return completes;
    }

    /** A body from which any jump may lead out. */
    private boolean body(String label) {
        List<String> outside = loops;
        boolean outsideSwitch = inSwitch;
        boolean outsideJump = mayJump;
        loops = new ArrayList<>(outside);
        loops.add(label);
        inSwitch = false;
        mayJump = !inExpression;
        boolean completes = deeper(() -> block(1 + random.nextInt(3)));
        loops = outside;
        inSwitch = outsideSwitch;
        mayJump = outsideJump;
        return completes;
    }

    private String label() {
        return mayJump && chance(30) ? fresh("l") : "";
    }

    private static String labelled(String label, String loop) {
        return label.isEmpty() ? loop : label + ": " + loop;
    }

    private boolean whileLoop() {
        String label = label();
        open(labelled(label, "while (Main.fuel-- > 0 && " + truth(1) + ")"));
        body(label);
        close();
        return true;
    }

    private boolean forLoop() {
        String label = label();
        Type type = pick(counted);
        Type.Field link = find(type.allFields(), each -> each.type().fits(type));
        return scoped(() -> {
            String name = fresh("i");
            if (link != null && chance(60)) {
                String start = type + " " + name + " = " + expression(type, false, 1);
                declare(name, type, false, false);
                open(labelled(
                        label,
                        "for (" + start + "; " + name + " != null && Main.fuel-- > 0; " + name + " = " + name
                                + " == null ? null : " + name + "." + link.name() + ")"));
            } else {
                open(labelled(
                        label,
                        "for (int " + name + " = 0; " + name + " < " + (1 + random.nextInt(3)) + "; " + name + "++)"));
            }
            body(label);
            close();
            return true;
        });
    }

    private boolean doLoop() {
        boolean before = mayJump;
        mayJump = false;
        open("do");
        closedBody();
        close(" while (Main.fuel-- > 0 && " + truth(1) + ");");
        mayJump = before;
        return true;
    }

    private void closedBody() {
        deeper(() -> block(1 + random.nextInt(3)));
    }

    private boolean oldSwitch() {
        boolean text = chance(40);
        boolean constant = has(Stage.C) && chance(30);
        open("switch ("
                + (constant
                        ? "Color.at(" + number(1) + ")"
                        : text
                                ? "\"ab\".substring(" + "(" + number(1) + ") % 2 == 0 ? 0 : 1)"
                                : "(" + number(1) + ") % 3")
                + ")");
        String[] labels = constant
                ? new String[] {"RED", "BLUE"}
                : text ? new String[] {"\"ab\"", "\"b\""} : new String[] {"0", "1"};
        for (String label : labels) {
            open("case " + label + ":");
            if (caseBody() && chance(60)) {
                line("break;");
            }
            close();
        }
        open("default:");
        boolean before = mayJump;
        mayJump = false;
        closedBody();
        mayJump = before;
        close();
        close();
        return true;
    }

    private boolean caseBody() {
        boolean outside = inSwitch;
        inSwitch = true;
        boolean completes = branch();
        inSwitch = outside;
        return completes;
    }

    private boolean arrowSwitch() {
        open("switch ((" + number(1) + ") % 4)");
        open("case 0, 1 ->");
        caseBody();
        close();
        line("case 2 -> T.note(" + number(2) + ");");
        if (chance(50)) {
            open("default ->");
            closedBody();
            close();
        }
        close();
        return true;
    }

    @Override
    boolean jump() {
        List<String> forms = new ArrayList<>();
        if (inSwitch || !loops.isEmpty()) {
            forms.add("break;");
        }
        if (!loops.isEmpty()) {
            forms.add("continue;");
            forms.add("continue;");
            loops.stream().filter(each -> !each.isEmpty()).forEach(each -> {
                forms.add("break " + each + ";");
                forms.add("continue " + each + ";");
            });
        }
        forms.add("return" + (result == Type.VOID ? "" : " " + expression(result, sureResult, 2)) + ";");
        if (has(Stage.B)) {
            forms.add(raising());
        }
        line(pick(forms));
        return false;
    }

    String raising() {
        Type raised = pick(exceptions);
        return "throw new " + raised + arguments(raised.parameters, 2) + ";";
    }

    /** Writes a body of which no jump leads out but a return of that type. */
    void apart(Type type, boolean sure, Runnable writing) {
        List<String> outsideLoops = loops;
        boolean outsideSwitch = inSwitch;
        boolean outsideJump = mayJump;
        boolean outsideExpression = inExpression;
        inExpression = false;
        Type outsideResult = result;
        boolean outsideSure = sureResult;
        loops = new ArrayList<>();
        inSwitch = false;
        mayJump = true;
        result = type;
        sureResult = sure;
        writing.run();
        loops = outsideLoops;
        inSwitch = outsideSwitch;
        mayJump = outsideJump;
        inExpression = outsideExpression;
        result = outsideResult;
        sureResult = outsideSure;
    }

    @Override
    void functionBody(Type function, List<Variable> parameters) {
        Type given = function.element == null ? Type.VOID : function.element;
        scoped(() -> {
            scope.addAll(parameters);
            int depthBefore = depth;
            depth = Math.min(depth, 1);
            apart(given, false, () -> {
                line("if (--Main.fuel < 0) { return" + (given == Type.VOID ? "" : " null") + "; }");
                if (openBlock(1 + random.nextInt(2)) && given != Type.VOID) {
                    line("return " + expression(given, false, 1) + ";");
                }
            });
            depth = depthBefore;
            return true;
        });
    }
}
