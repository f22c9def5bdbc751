// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.List;
import java.util.Set;

/** Writes the program of a seed: always the same, and one that ends. */
final class Generator extends TypeChooser {
    /** An exception ends one of them only. */
    private static final int PARTS = 3;

    private static final String HOLDERS = """
            class Box<X> {
                X value;
                Box(X value) { this.value = value; }
                X get() { return this.value; }
                void set(X value) { T.step(9001); this.value = value; T.step(9002); }
            }
            record Pair<X, Y>(X left, Y right) {}
            enum Color {
                RED(new Box<>("r")), BLUE(null);
                Box<String> held;
                Color(Box<String> held) { this.held = held; }
                static Color at(int i) { return values()[i % 2 == 0 ? 0 : 1]; }
            }
            """;

    private Generator(long seed, Set<Stage> stages) {
        super(seed, stages);
    }

    static Program program(long seed, Set<Stage> stages) {
        Generator generator = new Generator(seed, stages);
        generator.statements = 12 + generator.random.nextInt(36);
        generator.chooseTypes();
        generator.writeTypes();
        generator.writeMain();
        return Program.of("p" + seed, generator.out.toString());
    }

    private void writeTypes() {
        line("interface I0 {");
        nested(() -> {
            line("int touch();");
            interfaces.get(0).methods.forEach(each -> line(signature(each, parameters(each)) + ";"));
        });
        line("}");
        counted.forEach(this::writeClass);
        if (has(Stage.B)) {
            writeExceptions();
        }
        if (has(Stage.C)) {
            out.append(HOLDERS);
            functions
                    .subList(0, 2)
                    .forEach(each -> line("interface " + each + " { "
                            + signature(each.methods.get(0), parameters(each.methods.get(0))) + "; }"));
        }
    }

    private void writeExceptions() {
        Type carrying = exceptions.get(1);
        Type carried = carrying.parameters.get(0);
        line("class E0 extends RuntimeException {}");
        line("class E1 extends E0 { final " + carried + " carried; E1(" + carried
                + " carried) { this.carried = carried; } }");
        Type held = counted.get(counted.size() - 1);
        open("class Resource implements AutoCloseable");
        line("Object held;");
        line("Resource(Object held) { this.held = held; if (held == null) { T.note(-3); } }");
        open("public void close()");
        step();
        line("if (this.held instanceof " + held + " x && x.touch() % 3 == 0) { throw new E1(null); }");
        step();
        close();
        close();
    }

    private List<Variable> parameters(Type.Method method) {
        return method.parameters().stream()
                .map(each -> new Variable(fresh("p"), each, each.kind == Type.Kind.FUNCTION, chance(50)))
                .toList();
    }

    private static String signature(Type.Method method, List<Variable> parameters) {
        return (method.isStatic() ? "static " : "") + method.result() + " " + method.name() + list(parameters);
    }

    private static String list(List<Variable> parameters) {
        return "("
                + String.join(
                        ", ",
                        parameters.stream()
                                .map(each -> each.type() + " " + each.name())
                                .toList()) + ")";
    }

    private void writeClass(Type type) {
        boolean root = type.above.stream().noneMatch(each -> each.kind == Type.Kind.COUNTED);
        String above = type.above.isEmpty() ? "" : (root ? " implements " : " extends ") + type.above.get(0);
        boolean destructor = root || chance(50);
        open((root || destructor && chance(50) ? "@Counted " : "") + (type.isAbstract ? "abstract " : "") + "class "
                + type + above);
        if (root) {
            line("final int id = T.id();");
            line("int n;");
        }
        type.fields.forEach(each -> line((each.isFinal() ? "final " : "") + each.type() + " " + each.name() + ";"));
        writeConstructors(type);
        writeFixedMethods(type, root);
        if (destructor) {
            writeDestructor(type, root);
        }
        type.methods.forEach(each -> writeMethod(type, each, "public "));
        if (root && !type.above.isEmpty()) {
            type.above.get(0).methods.forEach(each -> writeMethod(type, each, "public "));
        }
        if (!root && chance(50) && !type.above.get(0).methods.isEmpty()) {
            writeMethod(type, type.above.get(0).methods.get(0), "@Override public ");
        }
        close();
    }

    /** One that takes all fields, and one that takes nothing. */
    private void writeConstructors(Type type) {
        List<Variable> parameters = type.parameters.stream()
                .map(each -> new Variable(fresh("p"), each, false, true))
                .toList();
        open(type + list(parameters));
        line("super();");
        step();
        for (int i = 0; i < type.fields.size(); i++) {
            line("this." + type.fields.get(i).name() + " = " + parameters.get(i).name() + ";");
        }
        String number = parameters.get(parameters.size() - 1).name();
        line("this.n = " + number + ";");
        if (has(Stage.B) && chance(30)) {
            line("if (" + number + " % 5 == 4) { throw new " + pick(List.of("E0()", "E1(null)")) + "; }");
        }
        step();
        close();
        String nothing = String.join(
                ", ",
                type.fields.stream()
                        .map(each -> chance(30) && each.type().level > type.level ? simplest(each.type()) : "null")
                        .toList());
        line(type + "() { this(" + nothing + (nothing.isEmpty() ? "" : ", ") + random.nextInt(4)
                + "); T.step(9003); }");
    }

    private void writeFixedMethods(Type type, boolean root) {
        line("static " + type + " same(" + type + " x) { T.step(9004); return x; }");
        if (root) {
            line("public int touch() { T.use(this.id); return this.id + this.n; }");
            line("int peek() { T.peek(this.id); return this.id; }");
            line("@Override public int hashCode() { return this.id; }");
            line("@Override public String toString() { T.use(this.id); return \"c\" + this.id; }");
        } else if (chance(40)) {
            line("@Override public int touch() { T.use(this.id); return super.touch() + 1; }");
        }
        if (has(Stage.C)) {
            line("class In" + type + " { Object held; int outer() { return " + type + ".this.id; } }");
        }
    }

    private void writeDestructor(Type type, boolean root) {
        open("public void close()");
        if (root) {
            line("T.destroyed(this.id);");
        }
        type.fields.stream()
                .filter(each -> each.type().kind == Type.Kind.COUNTED && chance(40))
                .forEach(each -> {
                    line("if (this." + each.name() + " != null) { this." + each.name() + ".peek(); }");
                    if (!each.isFinal() && chance(30)) {
                        line("this." + each.name() + " = null;");
                    }
                });
        if (!root) {
            line("super.close();");
        }
        close();
    }

    private void writeMethod(Type owner, Type.Method method, String modifiers) {
        List<Variable> parameters = parameters(method);
        scoped(() -> {
            scope.addAll(parameters);
            self = method.isStatic() ? null : owner;
            open(modifiers + signature(method, parameters));
            if (self != null) {
                line("T.use(this.id);");
            }
            Type result = method.result();
            line("if (--Main.fuel < 0) { return" + (result == Type.VOID ? "" : " " + fallback(method)) + "; }");
            apart(result, method.sure(), () -> {
                if (openBlock(1 + random.nextInt(3)) && result != Type.VOID) {
                    line("return " + expression(result, method.sure(), 2) + ";");
                }
            });
            close();
            self = null;
            return true;
        });
    }

    private String fallback(Type.Method method) {
        return method.sure() ? simplest(method.result()) : method.result().isReference() ? "null" : "0";
    }

    private void writeMain() {
        open("class Main");
        line("static int fuel;");
        statics.forEach(each -> line(
                (has(Stage.D) && chance(50) ? "static volatile " : "static ") + each.type() + " " + each.name() + ";"));
        if (has(Stage.C)) {
            line("@SafeVarargs static <X> X last(X... all) { T.step(9005); return all[all.length - 1]; }");
        }
        if (has(Stage.D)) {
            open("static void await(Thread thread)");
            line("thread.start();");
            line("try { thread.join(); } catch (InterruptedException e) { throw new IllegalStateException(e); }");
            close();
        }
        main.methods.forEach(each -> writeMethod(main, each, ""));
        for (int part = 0; part < PARTS; part++) {
            open("static void run" + part + "()");
            line("fuel = " + (10 + random.nextInt(10)) + ";");
            statements = Math.max(statements, (PARTS - part) * 4);
            int count = statements / (PARTS - part);
            apart(Type.VOID, false, () -> block(count));
            close();
        }
        open("static void main()");
        for (int part = 0; part < PARTS; part++) {
            line("try { run" + part + "(); } catch (RuntimeException e) { T.note(-1); T.step(9006); }");
            step();
        }
        step();
        statics.stream().filter(each -> chance(70)).forEach(each -> {
            line("Main." + each.name() + " = null;");
            step();
        });
        close();
        close();
    }
}
