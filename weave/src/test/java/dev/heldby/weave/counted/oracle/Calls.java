// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Calls of methods and constructors. */
abstract class Calls extends Expressions {
    final Jdk jdk;

    Calls(Trees trees, Interpreter interpreter) {
        super(trees, interpreter);
        jdk = new Jdk(interpreter);
    }

    @Override
    public Code visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
        ExecutableElement method = (ExecutableElement) element(tree);
        ExpressionTree select = tree.getMethodSelect();
        List<Code> arguments = arguments(method, tree.getArguments());
        String name = select instanceof IdentifierTree identifier
                ? identifier.getName().toString()
                : ((MemberSelectTree) select).getIdentifier().toString();
        if (name.equals("super") || name.equals("this")) {
            return construction(name.equals("super"), method, arguments);
        }
        if (method.getModifiers().contains(Modifier.STATIC)) {
            return staticCall(method, arguments);
        }
        boolean exact = select instanceof MemberSelectTree member
                && (member.getExpression().toString().equals("super")
                        || member.getExpression().toString().endsWith(".super"));
        Code receiver = exact
                ? frame -> frame.self
                : select instanceof MemberSelectTree member
                        ? code(member.getExpression())
                        : self(Context.enclosingClass(method));
        List<Code> all = new ArrayList<>(arguments);
        all.add(0, receiver);
        return frame -> {
            Object[] values = frame.values(all);
            Object[] rest = Arrays.copyOfRange(values, 1, values.length);
            return exact ? exactly(method, values[0], rest) : call(method, values[0], rest);
        };
    }

    private Code staticCall(ExecutableElement method, List<Code> arguments) {
        TypeElement owner = (TypeElement) method.getEnclosingElement();
        boolean probe = owner.getQualifiedName().contentEquals(T.class.getName());
        String name = method.getSimpleName().toString();
        return frame -> {
            Object[] values = frame.values(arguments);
            return probe ? interpreter.probe(name, frame, values) : callStatic(method, values);
        };
    }

    @Nullable
    Object callStatic(ExecutableElement method, @Nullable Object[] arguments) {
        ClassCode type = interpreter.classes.get((TypeElement) method.getEnclosingElement());
        if (type == null) {
            return interpreter.heap.made(jdk.call(method, null, arguments));
        }
        interpreter.initialise(type);
        if (type.methods.containsKey(method)) {
            return interpreter.invoke(type.methods.get(method), null, arguments);
        }
        return constants(type);
    }

    private Object constants(ClassCode type) {
        return interpreter.heap.made(interpreter.statics.values().stream()
                .filter(value -> value instanceof Obj object
                        && object.ordinal >= 0
                        && object.type.lineage().contains(type))
                .distinct()
                .toArray());
    }

    /** What {@code super.m()} runs. */
    private @Nullable Object exactly(ExecutableElement method, Object self, @Nullable Object[] arguments) {
        ClassCode type = interpreter.classes.get((TypeElement) method.getEnclosingElement());
        return type == null
                ? inherited(method, self, arguments)
                : interpreter.invoke(type.methods.get(method), self, arguments);
    }

    @Nullable
    Object call(ExecutableElement method, @Nullable Object receiver, @Nullable Object[] arguments) {
        present(receiver);
        Fn function = Fn.of(receiver);
        if (function != null) {
            ClassCode type = interpreter.classes.get((TypeElement) method.getEnclosingElement());
            return method.getModifiers().contains(Modifier.ABSTRACT)
                    ? function.call(arguments)
                    : type != null
                            ? interpreter.invoke(type.methods.get(method), receiver, arguments)
                            : interpreter.heap.made(jdk.call(method, receiver, arguments));
        }
        if (receiver instanceof Obj object) {
            ClassCode.Method code = interpreter.dispatch(object.type, method);
            return code == null ? inherited(method, object, arguments) : interpreter.invoke(code, object, arguments);
        }
        if (receiver instanceof Worker worker) {
            return thread(worker, method.getSimpleName().toString());
        }
        return method.getSimpleName().contentEquals("clone") ? copy(receiver) : onJdk(method, receiver, arguments);
    }

    private @Nullable Object onJdk(ExecutableElement method, Object receiver, @Nullable Object[] arguments) {
        Object result = interpreter.heap.made(jdk.call(method, receiver, arguments));
        if (result instanceof Iterator || result instanceof Iterable && result != receiver) {
            interpreter.heap.attach(result, receiver);
        }
        return result;
    }

    private Object copy(Object array) {
        return interpreter.heap.made(array instanceof int[] numbers ? numbers.clone() : ((Object[]) array).clone());
    }

    private @Nullable Object thread(Worker worker, String method) {
        if (method.equals("start")) {
            if (worker.task instanceof Obj task) {
                interpreter.invoke(interpreter.method(task.type, "run"), task);
            } else {
                Fn.of(worker.task).call(new Object[0]);
            }
            worker.ended = true;
        }
        return method.equals("isAlive") ? false : null;
    }

    /** Methods that a class of the program has from the JDK. */
    private @Nullable Object inherited(ExecutableElement method, Object self, @Nullable Object[] arguments) {
        Obj object = (Obj) self;
        return switch (method.getSimpleName().toString()) {
            case "hashCode" -> object.hashCode();
            case "equals" -> object == arguments[0];
            case "ordinal" -> object.ordinal;
            case "toString", "name" -> object.ordinal < 0 ? "object" : name(object);
            case "<init>" -> null;
            case "addSuppressed" -> {
                interpreter.heap.attach(self, arguments[0]);
                yield null;
            }
            default -> component(object, method);
        };
    }

    /** The accessor that a record has by itself. */
    private static @Nullable Object component(Obj object, ExecutableElement method) {
        return object.type.components.stream()
                .filter(each -> each.getSimpleName().equals(method.getSimpleName()))
                .findFirst()
                .map(each -> Optional.ofNullable(object.fields.get(each)))
                .orElseThrow(() -> new IllegalStateException("The interpreter has no method " + method + "."))
                .orElse(null);
    }

    private String name(Obj constant) {
        return interpreter.statics.entrySet().stream()
                .filter(each -> each.getValue() == constant)
                .findFirst()
                .orElseThrow()
                .getKey()
                .getSimpleName()
                .toString();
    }

    @Override
    String text(@Nullable Object value) {
        if (!(value instanceof Obj object)) {
            return String.valueOf(value);
        }
        return object.ordinal < 0
                ? String.valueOf(interpreter.invoke(interpreter.method(object.type, "toString"), object))
                : name(object);
    }

    /** The arguments of a call, those of a variable number in an array. */
    List<Code> arguments(ExecutableElement method, List<? extends ExpressionTree> trees) {
        List<Code> codes = codes(trees);
        List<? extends VariableElement> parameters = method.getParameters();
        int fixed = parameters.size() - 1;
        if (!method.isVarArgs() || trees.size() == parameters.size() && isArray(trees.get(fixed))) {
            return codes;
        }
        TypeMirror component = ((ArrayType) parameters.get(fixed).asType()).getComponentType();
        List<Code> rest = List.copyOf(codes.subList(fixed, codes.size()));
        codes.subList(fixed, codes.size()).clear();
        codes.add(frame -> {
            Object[] values = frame.values(rest);
            Object array = array(component, new Object[] {values.length}, 0);
            System.arraycopy(values, 0, array, 0, values.length);
            return array;
        });
        return codes;
    }

    private boolean isArray(ExpressionTree argument) {
        return type(argument) instanceof ArrayType || argument.getKind() == com.sun.source.tree.Tree.Kind.NULL_LITERAL;
    }

    /** {@code this(...)} or {@code super(...)}, after which the fields are initialised. */
    private Code construction(boolean above, ExecutableElement constructor, List<Code> arguments) {
        ClassCode type = enclosing;
        return frame -> {
            Object[] values = frame.values(arguments);
            ClassCode owner = interpreter.classes.get((TypeElement) constructor.getEnclosingElement());
            if (owner != null) {
                interpreter.construct((Obj) frame.self, owner, constructor, values);
            }
            if (above) {
                type.initialisers.forEach(code -> code.run(frame));
            }
            return null;
        };
    }

    @Override
    public Code visitNewClass(NewClassTree tree, Void nothing) {
        if (tree.getClassBody() != null) {
            scan(tree.getClassBody(), null);
        }
        ExecutableElement constructor = (ExecutableElement) element(tree);
        TypeElement owner = (TypeElement) constructor.getEnclosingElement();
        List<Code> arguments = arguments(constructor, tree.getArguments());
        ClassCode type = interpreter.classes.get(owner);
        if (type == null) {
            return frame -> interpreter.heap.made(create(constructor, frame.values(arguments)));
        }
        List<Code> all = new ArrayList<>(arguments);
        all.add(0, outer(tree, type));
        return frame -> {
            Object[] values = frame.values(all);
            Obj object = interpreter.allocate(type);
            capture(object, type, frame, values[0]);
            interpreter.construct(object, type, constructor, Arrays.copyOfRange(values, 1, values.length));
            object.unfinished = false;
            return object;
        };
    }

    private Code outer(NewClassTree tree, ClassCode type) {
        if (tree.getEnclosingExpression() != null) {
            Code outer = code(tree.getEnclosingExpression());
            return frame -> present(outer.run(frame));
        }
        return type.hasOuter ? self(Context.enclosingClass(type.element)) : frame -> null;
    }

    static void capture(Obj object, ClassCode type, Frame frame, @Nullable Object outer) {
        for (Element variable : type.captured) {
            object.fields.put(variable, frame.get(variable));
        }
        if (type.hasOuter) {
            object.fields.put(type.element, outer);
        }
    }

    private Object create(ExecutableElement constructor, @Nullable Object[] arguments) {
        TypeElement type = (TypeElement) constructor.getEnclosingElement();
        return type.getQualifiedName().contentEquals("java.lang.Thread")
                ? new Worker(arguments[0])
                : jdk.create(constructor, arguments);
    }
}
