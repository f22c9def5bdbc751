// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Declarations, assignments, calls and blocks. A statement's writer says whether the statement can complete normally. */
abstract class StatementWriter extends FormWriter {
    /** A jump may only be the last statement of the branch of an if or of a try. */
    boolean mayJump;

    /** No jump leads out of a switch that is an expression. */
    boolean inExpression;

    int depth = 2;

    StatementWriter(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    /** The statements of all stages, as often as they are likely. */
    abstract void moreStatements(List<BooleanSupplier> all);

    abstract boolean jump();

    /** Steps and statements; false if the last one is a jump. */
    boolean block(int count) {
        return scoped(() -> openBlock(count));
    }

    /** As in a method's or lambda's own block, whose variables stay in scope. */
    boolean openBlock(int count) {
        step();
        for (int i = 0; i < count && statements > 0; i++) {
            if (!statement()) {
                return false;
            }
            step();
        }
        return true;
    }

    @Override
    void closedBlock(int count) {
        boolean before = mayJump;
        boolean outside = inExpression;
        mayJump = false;
        inExpression = true;
        openBlock(count);
        mayJump = before;
        inExpression = outside;
    }

    boolean statement() {
        statements--;
        List<BooleanSupplier> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(this::declaration);
        }
        for (int i = 0; i < 3; i++) {
            all.add(this::assignment);
            all.add(this::fieldAssignment);
        }
        all.add(this::discarded);
        all.add(this::discarded);
        all.add(this::note);
        if (depth > 0) {
            all.add(this::nestedBlock);
            moreStatements(all);
        }
        return pick(all).getAsBoolean();
    }

    /** Of a variable, mostly. */
    Type anyType() {
        int chosen = random.nextInt(100);
        if (chosen < 10) {
            return Type.INT;
        }
        if (chosen < 22 && !interfaces.isEmpty()) {
            return pick(interfaces);
        }
        if (chosen < 45 && has(Stage.C)) {
            List<Type> more = new ArrayList<>(holders);
            more.addAll(functions);
            more.add(Type.OBJECT);
            return pick(more);
        }
        return chosen < 60 && has(Stage.E) ? pick(collections) : pick(counted);
    }

    private boolean declaration() {
        Type type = anyType();
        boolean sure = type.kind == Type.Kind.FUNCTION || type.kind == Type.Kind.COLLECTION || chance(60);
        boolean fixed = chance(50);
        String name = fresh("v");
        if (type.isReference() && type.kind != Type.Kind.FUNCTION && chance(10)) {
            line(type + " " + name + ";");
            open("if (" + truth(1) + ")");
            line(name + " = " + expression(type, sure, 2) + ";");
            step();
            reopen("else");
            line(name + " = " + expression(type, sure, 2) + ";");
            step();
            close();
        } else {
            boolean choice = type.kind == Type.Kind.COUNTED && chance(15);
            String value = choice ? choice(type, sure, 2, true) : expression(type, sure, 2);
            line(type + " " + name + " = " + value + ";");
        }
        declare(name, type, sure, fixed);
        return true;
    }

    private boolean assignment() {
        Variable variable = variable(each -> !each.fixed());
        if (variable == null) {
            return declaration();
        }
        String value = chance(8)
                ? variable.name()
                : chance(20) && !variable.sure() && variable.type().isReference()
                        ? "null"
                        : expression(variable.type(), variable.sure(), 2);
        line(variable.name() + " = " + value + ";");
        return true;
    }

    boolean fieldAssignment() {
        String place = place();
        if (place == null) {
            return assignment();
        }
        Type type = placeType;
        boolean function = type.kind == Type.Kind.FUNCTION;
        line(place + " = " + (!function && type.isReference() && chance(25) ? "null" : expression(type, false, 2))
                + ";");
        return true;
    }

    private Type placeType = Type.INT;

    /** A field or array element that may be assigned. */
    private @Nullable String place() {
        List<String> places = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        statics.forEach(each -> {
            places.add("Main." + each.name());
            types.add(each.type());
        });
        if (self != null) {
            addFields("this", self, places, types);
        }
        scope.stream().filter(each -> each.sure() || risky()).forEach(each -> {
            addFields(each.name(), each.type(), places, types);
            if (each.type().kind == Type.Kind.ARRAY && each.type().element != null) {
                places.add(each.name() + "[" + index(1) + "]");
                types.add(each.type().element);
            }
        });
        if (places.isEmpty()) {
            return null;
        }
        int chosen = random.nextInt(places.size());
        placeType = types.get(chosen);
        return places.get(chosen);
    }

    private static void addFields(String owner, Type type, List<String> places, List<Type> types) {
        type.allFields().stream().filter(each -> !each.isFinal()).forEach(each -> {
            places.add(owner + "." + each.name());
            types.add(each.type());
        });
    }

    /** A call or creation whose result no one takes. */
    private boolean discarded() {
        Type type = pick(counted);
        List<Type.Method> calls = new ArrayList<>(main.methods);
        if (chance(30)) {
            line("new " + pick(type.concrete()) + "();");
        } else if (chance(40)) {
            line(type + ".same(" + expression(type, false, 2) + ");");
        } else if (chance(60) && !calls.isEmpty()) {
            Type.Method call = pick(calls);
            line("Main." + call.name() + arguments(call.parameters(), 2) + ";");
        } else {
            Variable called =
                    variable(each -> each.sure() && !each.type().allMethods().isEmpty());
            if (called == null) {
                return note();
            }
            Type.Method call = pick(called.type().allMethods());
            line(called.name() + "." + call.name() + arguments(call.parameters(), 2) + ";");
        }
        return true;
    }

    private boolean note() {
        line("T.note(" + number(2) + ");");
        return true;
    }

    private boolean nestedBlock() {
        open("");
        boolean completes = deeper(() -> block(1 + random.nextInt(3)));
        close();
        return completes;
    }

    boolean deeper(BooleanSupplier writing) {
        depth--;
        boolean completes = writing.getAsBoolean();
        depth++;
        return completes;
    }

    /** A block that ends with a jump, now and then. */
    boolean branch() {
        return deeper(() -> scoped(() -> {
            boolean completes = block(random.nextInt(3));
            return completes && mayJump && chance(30) ? jump() : completes;
        }));
    }
}
