// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Collections of the JDK. */
abstract class CollectionWriter extends HoldingWriter {
    CollectionWriter(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    @Override
    void moreStatements(List<BooleanSupplier> all) {
        super.moreStatements(all);
        if (has(Stage.E)) {
            all.add(this::changing);
            all.add(this::changing);
            all.add(this::iterating);
            all.add(this::cycle);
        }
    }

    private static String kind(Type type) {
        return type.name.substring(type.name.lastIndexOf('.') + 1, type.name.indexOf('<'));
    }

    private @Nullable Variable collection(@Nullable Type element) {
        return variable(each ->
                each.type().kind == Type.Kind.COLLECTION && (element == null || each.type().element == element));
    }

    @Override
    @Nullable
    String collected(Type type, boolean sure, int depth) {
        Variable from = type.kind == Type.Kind.COUNTED && !sure ? collection(type) : null;
        if (from == null) {
            return type.kind == Type.Kind.COLLECTION ? simplest(type) : null;
        }
        String name = from.name();
        return switch (kind(from.type())) {
            case "ArrayList" ->
                "(" + name + ".isEmpty() ? null : " + name
                        + pick(List.of(".get(0)", ".remove(0)", ".set(0, " + expression(type, true, depth - 1) + ")"))
                        + ")";
            case "ArrayDeque" -> name + pick(List.of(".poll()", ".peek()", ".pollLast()"));
            case "HashMap" -> name + pick(List.of(".get(", ".remove(")) + key() + ")";
            case "AtomicReference" ->
                name + pick(List.of(".get()", ".getAndSet(" + expression(type, false, depth - 1) + ")"));
            default -> null;
        };
    }

    private String key() {
        return "\"" + "abc".charAt(random.nextInt(3)) + "\"";
    }

    private boolean changing() {
        Variable changed = collection(null);
        if (changed == null) {
            return fieldAssignment();
        }
        Type type = changed.type().element;
        String value = expression(type, true, 2);
        String name = changed.name();
        line(name
                + switch (kind(changed.type())) {
                    case "ArrayList" ->
                        pick(List.of(
                                ".add(" + value + ");",
                                ".add(0, " + value + ");",
                                ".clear();",
                                ".remove(" + value + ");",
                                ".removeIf(x -> x.touch() % 2 == 0);"));
                    case "ArrayDeque" ->
                        pick(List.of(".push(" + value + ");", ".addLast(" + value + ");", ".poll();", ".clear();"));
                    case "HashMap" ->
                        pick(List.of(
                                ".put(" + key() + ", " + value + ");",
                                ".remove(" + key() + ");",
                                ".clear();",
                                ".putIfAbsent(" + key() + ", " + value + ");"));
                    case "HashSet" -> pick(List.of(".add(" + value + ");", ".remove(" + value + ");", ".clear();"));
                    default ->
                        pick(List.of(".set(" + value + ");", ".set(null);", ".compareAndSet(null, " + value + ");"));
                });
        return true;
    }

    /** Of one or two objects, and sometimes broken again. */
    private boolean cycle() {
        Type type = find(counted, each -> linked(each) != null && !each.isAbstract);
        if (type == null) {
            return changing();
        }
        String link = "." + linked(type).name();
        String one = fresh("v");
        String other = fresh("v");
        open("");
        line(type + " " + one + " = " + simplest(type) + ";");
        step();
        line(type + " " + other + " = " + (chance(50) ? one : expression(type, true, 1)) + ";");
        step();
        line(one + link + " = " + other + ";");
        step();
        line(other + link + " = " + one + ";");
        step();
        if (chance(70)) {
            line(one + link + " = null;");
            step();
        }
        close();
        return true;
    }

    private static Type.@Nullable Field linked(Type type) {
        return type.fields.stream()
                .filter(each -> each.type() == type && !each.isFinal())
                .findFirst()
                .orElse(null);
    }

    private boolean iterating() {
        Variable over = variable(each ->
                each.type().kind == Type.Kind.COLLECTION && each.type().name.contains(".Array"));
        if (over == null) {
            return changing();
        }
        Type type = over.type().element;
        String iterator = fresh("v");
        String name = fresh("v");
        open("for (java.util.Iterator<" + type + "> " + iterator + " = " + over.name() + ".iterator(); " + iterator
                + ".hasNext(); )");
        step();
        line(type + " " + name + " = " + iterator + ".next();");
        step();
        line("if (" + name + ".touch() % 2 == 0) { " + iterator + ".remove(); }");
        step();
        close();
        return true;
    }
}
