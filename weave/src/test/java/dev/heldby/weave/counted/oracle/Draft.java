// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A program in the making: its types, the text so far, and the variables in scope where it goes on. */
class Draft {
    /** One that is never null is sure; one that is never assigned again is fixed, and may be captured. */
    record Variable(String name, Type type, boolean sure, boolean fixed) {}

    final Random random;
    final Set<Stage> stages;
    final List<Type> counted = new ArrayList<>();
    final List<Type> interfaces = new ArrayList<>();
    final List<Type> holders = new ArrayList<>();
    final List<Type> functions = new ArrayList<>();
    final List<Type> collections = new ArrayList<>();
    final List<Type> exceptions = new ArrayList<>();
    final List<Type.Field> statics = new ArrayList<>();
    final Type main = new Type("Main", Type.Kind.ANY, -1);

    StringBuilder out = new StringBuilder();
    List<Variable> scope = new ArrayList<>();
    /** The class whose instance method is being written. */
    @Nullable
    Type self;

    Type result = Type.VOID;
    boolean sureResult;
    int statements;
    private int indent;
    private int steps;
    private int names;

    Draft(long seed, Set<Stage> stages) {
        this.random = new Random(seed);
        this.stages = stages;
    }

    boolean has(Stage stage) {
        return stages.contains(stage);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <E> E pick(List<E> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** One of those that fit, or null. */
    <E> @Nullable E find(List<E> all, Predicate<E> fits) {
        List<E> found = all.stream().filter(fits).toList();
        return found.isEmpty() ? null : pick(found);
    }

    String fresh(String prefix) {
        return prefix + names++;
    }

    void line(String text) {
        out.append("    ".repeat(indent)).append(text).append('\n');
    }

    void step() {
        line("T.step(" + ++steps + ");");
    }

    void open(String text) {
        line(text + " {");
        indent++;
    }

    void close() {
        close("");
    }

    void close(String text) {
        indent--;
        line("}" + text);
    }

    void reopen(String text) {
        indent--;
        line("} " + text + " {");
        indent++;
    }

    /** What that writes, as text to be put into an expression. */
    String aside(Runnable writing) {
        StringBuilder before = out;
        out = new StringBuilder();
        writing.run();
        String text = out.toString();
        out = before;
        return text;
    }

    String indentation() {
        return "    ".repeat(indent);
    }

    void nested(Runnable writing) {
        indent++;
        writing.run();
        indent--;
    }

    /** In a scope of its own. */
    <R> R scoped(Supplier<R> writing) {
        List<Variable> before = scope;
        scope = new ArrayList<>(before);
        R result = writing.get();
        scope = before;
        return result;
    }

    void declare(String name, Type type, boolean sure, boolean fixed) {
        scope.add(new Variable(name, type, sure, fixed));
    }

    @Nullable
    Variable variable(Predicate<Variable> fits) {
        return find(scope, fits);
    }
}
