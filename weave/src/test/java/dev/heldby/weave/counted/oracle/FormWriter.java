// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Expressions with types that hold others, switches, lambdas and method references. */
abstract class FormWriter extends ExpressionWriter {
    /** Within one, another would have it as its enclosing instance, whether it uses that or not. */
    private boolean inAnonymous;

    FormWriter(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    @Override
    void moreForms(List<Supplier<@Nullable String>> forms, Type type, boolean sure, int depth) {
        if (chance(40)) {
            forms.add(() -> choice(type, sure, depth, has(Stage.F)));
        }
        if (has(Stage.C)) {
            forms.add(() -> holding(type, depth));
            forms.add(() -> holding(type, depth));
            forms.add(() -> sure ? null : narrowed(type));
            forms.add(() -> sure ? null : element(type, depth));
            forms.add(() -> sure ? null : last(type, depth));
            forms.add(() -> type.kind == Type.Kind.NUMBER ? concatenated() : null);
        }
        if (has(Stage.E)) {
            forms.add(() -> collected(type, sure, depth));
            forms.add(() -> collected(type, sure, depth));
        }
    }

    abstract @Nullable String collected(Type type, boolean sure, int depth);

    /** A switch, in whose cases there may be statements. */
    String choice(Type type, boolean sure, int depth, boolean blocks) {
        String selector =
                chance(50) ? "(" + number(depth - 1) + ") % 3" : pick(List.of("\"a\"", "\"b\"")) + ".substring(0)";
        boolean text = selector.startsWith("\"");
        StringBuilder all = new StringBuilder("(switch (" + selector + ") {");
        for (int i = 0; i < 2; i++) {
            String label = text ? "\"" + "ab".charAt(i) + "\"" : String.valueOf(i);
            all.append(" case ")
                    .append(label)
                    .append(" -> ")
                    .append(i == 0 ? typed(type, sure, depth) + ";" : branch(type, sure, depth, blocks));
        }
        return all + " default -> " + branch(type, sure, depth, blocks) + " })";
    }

    private String branch(Type type, boolean sure, int depth, boolean blocks) {
        if (!blocks || statements <= 0 || chance(60)) {
            return expression(type, sure, depth - 1) + ";";
        }
        return scoped(() -> aside(() -> {
            out.append("{\n");
            nested(() -> {
                closedBlock(1 + random.nextInt(2));
                String value = expression(type, sure, 1);
                if (value.startsWith("(")) {
                    String name = fresh("y");
                    line(type + " " + name + " = " + value + ";");
                    value = name;
                }
                line("yield " + value + ";");
            });
            out.append(indentation()).append("}");
        }));
    }

    /** Statements that no jump leaves, after a step. */
    abstract void closedBlock(int count);

    /** The body of a function that has these parameters in scope. */
    abstract void functionBody(Type function, List<Variable> parameters);

    private @Nullable String holding(Type type, int depth) {
        Type element = type.element;
        if (element == null) {
            return null;
        }
        if (type.kind == Type.Kind.ARRAY) {
            Variable copied = variable(each -> each.type() == type && each.sure());
            if (copied != null && chance(25)) {
                return copied.name() + ".clone()";
            }
            String values = expression(element, false, depth - 1) + ", " + expression(element, false, depth - 1) + ", "
                    + expression(element, false, depth - 1);
            return chance(30) ? simplest(type) : "new " + type + " {" + values + "}";
        }
        return type.kind == Type.Kind.HOLDER ? "new " + type + arguments(type.parameters, depth) : null;
    }

    private @Nullable String narrowed(Type type) {
        if (type.kind == Type.Kind.NUMBER || type.kind == Type.Kind.HOLDER || type.kind == Type.Kind.COLLECTION) {
            return null;
        }
        Variable wide = variable(each -> type != each.type() && type.fits(each.type()));
        if (wide == null) {
            return null;
        }
        String bound = fresh("b");
        return chance(50)
                ? "(" + wide.name() + " instanceof " + type + " " + bound + " ? " + bound + " : null)"
                : "(" + wide.name() + " instanceof " + type + " ? (" + type + ") " + wide.name() + " : null)";
    }

    private @Nullable String element(Type type, int depth) {
        Variable array = variable(each -> each.sure()
                && each.type().kind == Type.Kind.ARRAY
                && each.type().element.fits(type));
        return array == null ? null : array.name() + "[" + index(depth) + "]";
    }

    /** Into an array of three. */
    String index(int depth) {
        return risky() ? number(depth - 1) : String.valueOf(random.nextInt(3));
    }

    private @Nullable String last(Type type, int depth) {
        if (type.kind != Type.Kind.COUNTED && type.kind != Type.Kind.INTERFACE) {
            return null;
        }
        return "Main.<" + type + ">last(" + expression(type, false, depth - 1) + ", "
                + expression(type, false, depth - 1) + ", " + expression(type, false, depth - 1) + ")";
    }

    private @Nullable String concatenated() {
        Variable variable = variable(each -> each.type().kind == Type.Kind.COUNTED);
        return variable == null ? null : "(\"a\" + " + variable.name() + " + \"b\").length()";
    }

    @Override
    String simplest(Type type) {
        return switch (type.kind) {
            case ANY -> "new " + pick(counted.get(counted.size() - 1).concrete()) + "()";
            case COUNTED, INTERFACE -> "new " + pick(type.concrete()) + "()";
            case HOLDER -> "new " + type + "(" + "null, ".repeat(type.parameters.size() - 1) + "null)";
            case ARRAY -> "new " + type.name.replaceFirst("\\[]", "[3]");
            case COLLECTION -> "new " + type + "()";
            case NUMBER -> "0";
            case TRUTH -> "false";
            default -> throw new IllegalStateException("There is no simplest " + type + ".");
        };
    }

    @Override
    String function(Type type, int depth) {
        Variable known = variable(each -> each.type() == type);
        if (known != null && chance(20)) {
            return known.name();
        }
        String reference = chance(25) ? methodReference(type) : null;
        if (reference != null) {
            return reference;
        }
        return !inAnonymous && chance(25) ? anonymous(type) : lambda(type);
    }

    private @Nullable String methodReference(Type type) {
        List<String> all = new ArrayList<>();
        Type result = type.element;
        if (result != null && type.parameters.isEmpty()) {
            result.concrete().forEach(each -> all.add(each + "::new"));
        }
        if (result != null && type.parameters.equals(List.of(result))) {
            all.add(result + "::same");
        }
        scope.stream()
                .filter(Variable::sure)
                .forEach(each -> each.type().allMethods().stream()
                        .filter(method -> method.parameters().equals(type.parameters))
                        .filter(method -> result == null || method.result() == result)
                        .forEach(method -> all.add(each.name() + "::" + method.name())));
        return all.isEmpty() ? null : pick(all);
    }

    private List<Variable> parameters(Type type) {
        List<Variable> all = new ArrayList<>();
        type.parameters.forEach(each -> all.add(new Variable(fresh("p"), each, false, chance(50))));
        return all;
    }

    /** Only what is never assigned again can be captured. */
    private String captured(Supplier<String> writing) {
        return scoped(() -> {
            scope.removeIf(each -> !each.fixed());
            return writing.get();
        });
    }

    private String lambda(Type type) {
        List<Variable> parameters = parameters(type);
        String head =
                "(" + String.join(", ", parameters.stream().map(Variable::name).toList()) + ") -> ";
        return captured(() -> {
            if (type.element != null && chance(50)) {
                scope.addAll(parameters);
                return head + "(--Main.fuel < 0 ? null : " + expression(type.element, false, 1) + ")";
            }
            return head
                    + aside(() -> {
                        out.append("{\n");
                        nested(() -> functionBody(type, parameters));
                        out.append(indentation()).append("}");
                    });
        });
    }

    private String anonymous(Type type) {
        List<Variable> parameters = parameters(type);
        Type.Method method = type.methods.get(0);
        String list = String.join(
                ", ",
                parameters.stream().map(each -> each.type() + " " + each.name()).toList());
        Type outside = self;
        return captured(() -> aside(() -> {
            out.append("new ").append(type).append("() {\n");
            nested(() -> {
                open("public " + method.result() + " " + method.name() + "(" + list + ")");
                if (outside != null) {
                    line("T.note(" + outside + ".this.id);");
                }
                self = null;
                inAnonymous = true;
                functionBody(type, parameters);
                inAnonymous = false;
                self = outside;
                close();
            });
            out.append(indentation()).append("}");
        }));
    }
}
