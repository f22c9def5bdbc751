// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Executes one program, once. Single-threaded: the program's threads run when they are started. */
final class Interpreter {
    /** A program that executes more steps than this does not count. */
    static final int LONGEST = 4000;

    /** What the program has to do, and what has to become of its objects, by their numbers. */
    record Expected(Run run, Map<Integer, Fate> fates) {}

    final Types types;
    final Elements elements;
    final Map<TypeElement, ClassCode> classes = new LinkedHashMap<>();
    final Map<Element, @Nullable Object> statics = new LinkedHashMap<>();
    final Heap heap = new Heap(this::destroy);
    private final Run run = new Run();
    private final List<Frame> frames = new ArrayList<>();
    private boolean destroying;

    Interpreter(Types types, Elements elements) {
        this.types = types;
        this.elements = elements;
    }

    /** Runs {@code main()} of the class of that simple name, and one step more when it has returned. */
    Expected execute(String type) {
        ClassCode main = classes.values().stream()
                .filter(each -> each.element.getSimpleName().contentEquals(type))
                .findFirst()
                .orElseThrow();
        try {
            initialise(main);
            invoke(method(main, "main"), null);
        } catch (Thrown e) {
            throw new IllegalStateException("The program throws " + e.exception + ".", e);
        }
        step(0);
        return new Expected(run, heap.fates(statics.values()));
    }

    void step(int number) {
        if (run.count() > LONGEST) {
            throw new IllegalStateException("The program executes more than " + LONGEST + " steps.");
        }
        List<@Nullable Object> strict = new ArrayList<>(statics.values());
        List<@Nullable Object> lingering = new ArrayList<>();
        for (Frame frame : frames) {
            frame.holdsStrictly(strict);
            frame.holdsStill(lingering);
        }
        heap.observe(strict, lingering, run.count());
        run.step(number);
    }

    /** A call of {@link T}. */
    @Nullable
    Object probe(String name, Frame frame, @Nullable Object[] arguments) {
        if (name.equals("id")) {
            return ((Obj) frame.self).id = run.id();
        }
        int argument = (Integer) arguments[0];
        if (!destroying) {
            switch (name) {
                case "step" -> step(argument);
                case "use" -> run.use(argument);
                case "note" -> run.note(argument);
                default -> {}
            }
        }
        return null;
    }

    private void destroy(Obj object) {
        destroying = true;
        try {
            invoke(method(object.type, "close"), object);
        } catch (Thrown e) {
            throw new IllegalStateException("The destructor of " + object.type + " throws " + e.exception + ".", e);
        } finally {
            destroying = false;
        }
    }

    /** Without parameters, the nearest. */
    ClassCode.Method method(ClassCode type, String name) {
        return type.lineage().stream()
                .flatMap(each -> each.methods.values().stream())
                .filter(each -> each.element().getSimpleName().contentEquals(name)
                        && each.parameters().isEmpty()
                        && each.body() != null)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No method " + name + "() in " + type + "."));
    }

    /** What a call of that method runs on an object of that class; null if that is code of the JDK. */
    ClassCode.@Nullable Method dispatch(ClassCode type, ExecutableElement called) {
        return type.lineage().stream()
                .flatMap(each -> each.methods.values().stream())
                .filter(each -> each.body() != null)
                .filter(each -> each.element() == called
                        || each.element().getSimpleName().equals(called.getSimpleName())
                                && elements.overrides(each.element(), called, type.element))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    Object invoke(ClassCode.Method method, @Nullable Object self, @Nullable Object... arguments) {
        return enter(new Frame(self), method.parameters(), arguments, method.body());
    }

    /** Runs the body in that frame, with the arguments as its parameters. */
    @Nullable
    Object enter(Frame frame, List<? extends Element> parameters, @Nullable Object[] arguments, Code body) {
        for (int i = 0; i < arguments.length; i++) {
            frame.set(parameters.get(i), arguments[i]);
        }
        if (frames.size() > 400) {
            throw new IllegalStateException("The program's recursion does not end.");
        }
        frames.add(frame);
        try {
            return body.run(frame) instanceof Jump jump ? jump.value() : null;
        } finally {
            frames.remove(frames.size() - 1);
        }
    }

    /** A new object of that class, before its constructor runs. */
    Obj allocate(ClassCode type) {
        initialise(type);
        Obj object = heap.made(new Obj(type));
        for (ClassCode each = type; each != null; each = each.superclass) {
            each.instanceFields.forEach(field -> object.fields.put(field, zero(field)));
        }
        return object;
    }

    /** Runs a constructor; what the class has captured is in the object's fields already. */
    void construct(Obj object, ClassCode type, ExecutableElement constructor, @Nullable Object[] arguments) {
        ClassCode.Method code = type.methods.get(constructor);
        invoke(code, object, arguments);
    }

    /** The static initialiser, before the first use of the class. */
    void initialise(ClassCode type) {
        if (type.initialised) {
            return;
        }
        type.initialised = true;
        if (type.superclass != null) {
            initialise(type.superclass);
        }
        enter(new Frame(null), List.of(), new Object[0], frame -> {
            type.staticInitialisers.forEach(code -> code.run(frame));
            return null;
        });
    }

    static @Nullable Object zero(VariableElement variable) {
        TypeKind kind = variable.asType().getKind();
        return kind == TypeKind.INT ? Integer.valueOf(0) : kind == TypeKind.BOOLEAN ? Boolean.FALSE : null;
    }

    /** An exception that the JVM makes. */
    static Thrown thrown(RuntimeException exception) {
        return new Thrown(exception);
    }

    static @Nullable Object[] append(@Nullable Object[] values, @Nullable Object value) {
        Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = value;
        return all;
    }
}
