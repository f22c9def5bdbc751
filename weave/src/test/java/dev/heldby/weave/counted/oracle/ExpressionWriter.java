// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Expressions of variables, fields, calls and operators. A sure one is never null. */
abstract class ExpressionWriter extends Draft {
    ExpressionWriter(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    /** More forms, of the later stages. */
    abstract void moreForms(List<Supplier<@Nullable String>> forms, Type type, boolean sure, int depth);

    String expression(Type type, boolean sure, int depth) {
        return switch (type.kind) {
            case NUMBER -> number(depth);
            case TRUTH -> truth(depth);
            case FUNCTION -> function(type, depth);
            default -> reference(type, sure, depth);
        };
    }

    abstract String function(Type type, int depth);

    /** How an object of that class is made without anything else. */
    abstract String simplest(Type type);

    private String reference(Type type, boolean sure, int depth) {
        List<Supplier<@Nullable String>> forms = new ArrayList<>();
        forms.add(() -> local(type, sure));
        forms.add(() -> local(type, sure));
        forms.add(() -> sure ? null : field(type));
        forms.add(() -> self != null && self.fits(type) ? "this" : null);
        if (depth > 0) {
            forms.add(() -> made(type, depth));
            forms.add(() -> made(type, depth));
            forms.add(() -> call(type, sure, depth));
            forms.add(() -> call(type, sure, depth));
            forms.add(() -> same(type, sure, depth));
            forms.add(() -> assigned(type, sure, depth));
            forms.add(() -> "(" + truth(depth - 1) + " ? " + typed(type, sure, depth) + " : "
                    + expression(type, sure, depth - 1) + ")");
            moreForms(forms, type, sure, depth);
        }
        forms.add(() -> sure || chance(60) ? null : "null");
        for (int tries = 0; tries < 6; tries++) {
            String text = pick(forms).get();
            if (text != null) {
                return text;
            }
        }
        return sure || depth > 0 && chance(50) ? simplest(type) : "null";
    }

    /** Not the literal null: javac leaves out the condition of {@code (c ? null : null) == null}. */
    String typed(Type type, boolean sure, int depth) {
        String text = expression(type, sure, depth - 1);
        return text.equals("null") ? simplest(type) : text;
    }

    private @Nullable String local(Type type, boolean sure) {
        Variable variable = variable(each -> each.type().fits(type) && (each.sure() || !sure));
        return variable == null ? null : variable.name();
    }

    /** A field of a static field's class, of a variable or of this, or a static field. */
    private @Nullable String field(Type type) {
        List<String> all = new ArrayList<>();
        statics.stream().filter(each -> each.type().fits(type)).forEach(each -> all.add("Main." + each.name()));
        if (self != null) {
            self.allFields().stream()
                    .filter(each -> each.type().fits(type))
                    .forEach(each -> all.add("this." + each.name()));
        }
        for (Variable variable : scope) {
            for (Type.Field each : variable.type().allFields()) {
                if (each.type().fits(type)) {
                    String read = variable.name() + "." + each.name();
                    all.add(
                            variable.sure() || risky()
                                    ? read
                                    : "(" + variable.name() + " != null ? " + read + " : null)");
                }
            }
        }
        return all.isEmpty() ? null : pick(all);
    }

    /** Whether a null may be dereferenced here. */
    boolean risky() {
        return has(Stage.B) && chance(12);
    }

    private @Nullable String made(Type type, int depth) {
        List<Type> concrete = type.kind == Type.Kind.ANY ? counted.get(0).concrete() : type.concrete();
        if (type.kind != Type.Kind.COUNTED && type.kind != Type.Kind.INTERFACE && type.kind != Type.Kind.ANY
                || concrete.isEmpty()) {
            return null;
        }
        Type made = pick(concrete);
        if (chance(30)) {
            return simplest(made);
        }
        return "new " + made + arguments(made.parameters, depth);
    }

    String arguments(List<Type> parameters, int depth) {
        List<String> all = new ArrayList<>();
        parameters.forEach(each -> all.add(expression(each, each.kind == Type.Kind.FUNCTION, depth - 1)));
        return "(" + String.join(", ", all) + ")";
    }

    private @Nullable String call(Type type, boolean sure, int depth) {
        List<String> receivers = new ArrayList<>();
        List<Type.Method> methods = new ArrayList<>();
        offer(main, "Main", receivers, methods, type, sure);
        if (self != null) {
            offer(self, "this", receivers, methods, type, sure);
        }
        for (Variable each : scope) {
            if (each.sure() || risky()) {
                offer(each.type(), each.name(), receivers, methods, type, sure);
            }
        }
        if (methods.isEmpty()) {
            return null;
        }
        int chosen = random.nextInt(methods.size());
        return receivers.get(chosen) + "." + methods.get(chosen).name()
                + arguments(methods.get(chosen).parameters(), depth);
    }

    private static void offer(
            Type owner, String receiver, List<String> receivers, List<Type.Method> methods, Type type, boolean sure) {
        for (Type.Method method : owner.allMethods()) {
            if (method.result().fits(type) && (method.sure() || !sure)) {
                receivers.add(receiver);
                methods.add(method);
            }
        }
    }

    /** Through a method that gives back its argument. */
    private @Nullable String same(Type type, boolean sure, int depth) {
        if (type.kind != Type.Kind.COUNTED) {
            return null;
        }
        String once = expression(type, sure, depth - 1);
        return chance(30) ? type + ".same(" + type + ".same(" + once + "))" : type + ".same(" + once + ")";
    }

    private @Nullable String assigned(Type type, boolean sure, int depth) {
        Variable variable = variable(each -> !each.fixed() && each.type().fits(type) && (each.sure() || !sure));
        if (variable == null) {
            return null;
        }
        return "(" + variable.name() + " = " + expression(variable.type(), variable.sure(), depth - 1) + ")";
    }

    String number(int depth) {
        List<Supplier<@Nullable String>> forms = new ArrayList<>();
        forms.add(() -> String.valueOf(random.nextInt(10)));
        forms.add(() -> local(Type.INT, false));
        forms.add(this::touch);
        if (depth > 0) {
            forms.add(this::touch);
            forms.add(() -> call(Type.INT, false, depth));
            forms.add(() -> "(" + number(depth - 1) + pick(List.of(" + ", " - ", " * ")) + number(depth - 1) + ")");
            forms.add(() -> "(" + truth(depth - 1) + " ? " + number(depth - 1) + " : " + number(depth - 1) + ")");
            forms.add(() -> expression(pick(counted), true, depth - 1) + ".touch()");
            moreForms(forms, Type.INT, false, depth);
        }
        for (int tries = 0; tries < 4; tries++) {
            String text = pick(forms).get();
            if (text != null) {
                return text;
            }
        }
        return "1";
    }

    private @Nullable String touch() {
        Variable variable =
                variable(each -> each.type().kind == Type.Kind.COUNTED || each.type().kind == Type.Kind.INTERFACE);
        if (variable == null) {
            return self == null ? null : "this.touch()";
        }
        String touched = variable.name() + ".touch()";
        return variable.sure() || risky() ? touched : "(" + variable.name() + " == null ? 0 : " + touched + ")";
    }

    String truth(int depth) {
        List<Supplier<@Nullable String>> forms = new ArrayList<>();
        forms.add(() -> changing(number(depth - 1)) + pick(List.of(" % 2 == 0", " % 3 != 0", " > 4", " < 2")));
        forms.add(this::comparison);
        if (depth > 0) {
            forms.add(() -> "(" + truth(depth - 1) + pick(List.of(" && ", " || ")) + truth(depth - 1) + ")");
            forms.add(() -> "!(" + truth(depth - 1) + ")");
            forms.add(() -> "(" + expression(pick(counted), false, depth - 1) + " == "
                    + pick(List.of("null", "(Object) " + expression(Type.OBJECT, false, depth - 1))) + ")");
        }
        String text = null;
        while (text == null) {
            text = pick(forms).get();
        }
        return "(" + text + ")";
    }

    /** Instead of a constant condition. */
    private static String changing(String number) {
        return number.length() == 1 ? "Main.fuel" : number;
    }

    private @Nullable String comparison() {
        Variable variable = variable(each -> each.type().isReference());
        return variable == null ? null : variable.name() + " != null";
    }
}
