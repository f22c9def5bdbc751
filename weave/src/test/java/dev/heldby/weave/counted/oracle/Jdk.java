// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** The JDK as the interpreted program sees it: the JDK itself, with the program's objects as contents. */
final class Jdk {
    private final Interpreter interpreter;

    Jdk(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    static boolean isInstance(String type, Object value) {
        try {
            return Class.forName(type, false, null).isInstance(value);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Nullable
    Object call(ExecutableElement method, @Nullable Object receiver, @Nullable Object[] arguments) {
        try {
            return owner(method)
                    .getMethod(method.getSimpleName().toString(), parameters(method))
                    .invoke(receiver, arguments);
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The interpreter cannot call " + method + ".", e);
        }
    }

    Object create(ExecutableElement constructor, @Nullable Object[] arguments) {
        try {
            return owner(constructor).getConstructor(parameters(constructor)).newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw thrown(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The interpreter cannot call " + constructor + ".", e);
        }
    }

    /** The value of a static field. */
    @Nullable
    Object constant(VariableElement field) {
        try {
            return Class.forName(field.getEnclosingElement().toString())
                    .getField(field.getSimpleName().toString())
                    .get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The interpreter cannot read " + field + ".", e);
        }
    }

    private static RuntimeException thrown(Throwable cause) {
        return cause instanceof Thrown || cause instanceof IllegalStateException
                ? (RuntimeException) cause
                : new Thrown(cause);
    }

    private Class<?> owner(ExecutableElement method) throws ClassNotFoundException {
        return Class.forName(interpreter
                .elements
                .getBinaryName((TypeElement) method.getEnclosingElement())
                .toString());
    }

    private Class<?>[] parameters(ExecutableElement method) throws ClassNotFoundException {
        List<? extends VariableElement> parameters = method.getParameters();
        Class<?>[] types = new Class<?>[parameters.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = type(interpreter.types.erasure(parameters.get(i).asType()));
        }
        return types;
    }

    Class<?> type(TypeMirror erased) throws ClassNotFoundException {
        return switch (erased.getKind()) {
            case INT -> int.class;
            case BOOLEAN -> boolean.class;
            case CHAR -> char.class;
            case LONG -> long.class;
            case ARRAY ->
                Array.newInstance(type(((ArrayType) erased).getComponentType()), 0)
                        .getClass();
            default ->
                Class.forName(interpreter
                        .elements
                        .getBinaryName((TypeElement) interpreter.types.asElement(erased))
                        .toString());
        };
    }
}
