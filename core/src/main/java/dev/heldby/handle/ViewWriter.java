// SPDX-License-Identifier: Apache-2.0
package dev.heldby.handle;

import static dev.heldby.handle.ClassFileWriter.FIELD;
import static dev.heldby.handle.ClassFileWriter.INTERFACE_METHOD;
import static dev.heldby.handle.ClassFileWriter.METHOD;
import static dev.heldby.handle.ClassFileWriter.PROTECTED;
import static dev.heldby.handle.ClassFileWriter.PUBLIC;

import dev.heldby.handle.ClassFileWriter.Bytes;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes the class of the views of one interface:
 *
 * <pre>
 *   public final class View extends CheckedView implements Maps {
 *       public View(Handle handle) { super(handle); }
 *       protected CheckedView ofHandle(Handle other) { return new View(other); }
 *       public Map find(long address) { return ((Maps) handle.get()).find(address); }   // one for each method
 *   }
 * </pre>
 */
final class ViewWriter {
    private static final String SUPER = internal(CheckedView.class);
    private static final String HANDLE = internal(Handle.class);
    private static final String TAKES_HANDLE =
            MethodType.methodType(void.class, Handle.class).toMethodDescriptorString();
    private static final String MAKES_VIEW =
            MethodType.methodType(CheckedView.class, Handle.class).toMethodDescriptorString();
    private static final String GIVES_TARGET =
            MethodType.methodType(Object.class).toMethodDescriptorString();

    private static final int ALOAD_0 = 0x2a;
    private static final int ALOAD_1 = 0x2b;
    private static final int DUP = 0x59;
    private static final int GETFIELD = 0xb4;
    private static final int INVOKEVIRTUAL = 0xb6;
    private static final int INVOKESPECIAL = 0xb7;
    private static final int INVOKEINTERFACE = 0xb9;
    private static final int NEW = 0xbb;
    private static final int CHECKCAST = 0xc0;
    /** The loads and returns of int, long, float, double and references follow one another in this order. */
    private static final int LOAD = 0x15;

    private static final int TYPED_RETURN = 0xac;
    private static final int RETURN = 0xb1;

    private final String name;
    private final String type;
    private final ClassFileWriter writer;

    private ViewWriter(String name, String type) {
        this.name = name;
        this.type = type;
        writer = new ClassFileWriter(name, SUPER, type);
    }

    /** The class file of a class of that binary name. */
    static byte[] write(String name, Class<?> type) {
        ViewWriter view = new ViewWriter(name.replace('.', '/'), internal(type));
        view.constructor();
        view.factory();
        Set<String> written = new HashSet<>();
        for (Method method : type.getMethods()) {
            MethodType shape = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            boolean isOwn = !Modifier.isStatic(method.getModifiers()) && !isOfObject(method);
            if (isOwn && written.add(method.getName() + shape.toMethodDescriptorString())) {
                view.forward(method.getName(), shape);
            }
        }
        return view.writer.toArray();
    }

    /** Those that {@link CheckedView} has already. */
    private static boolean isOfObject(Method method) {
        return switch (method.getName()) {
            case "hashCode", "toString" -> method.getParameterCount() == 0;
            case "equals" -> method.getParameterCount() == 1 && method.getParameterTypes()[0] == Object.class;
            default -> false;
        };
    }

    private void constructor() {
        Bytes code = new Bytes().u1(ALOAD_0).u1(ALOAD_1);
        code.u1(INVOKESPECIAL).u2(writer.member(METHOD, SUPER, "<init>", TAKES_HANDLE));
        writer.method(PUBLIC, "<init>", TAKES_HANDLE, 2, 2, code.u1(RETURN));
    }

    private void factory() {
        Bytes code = new Bytes().u1(NEW).u2(writer.type(name)).u1(DUP).u1(ALOAD_1);
        code.u1(INVOKESPECIAL).u2(writer.member(METHOD, name, "<init>", TAKES_HANDLE));
        writer.method(PROTECTED, "ofHandle", MAKES_VIEW, 3, 2, code.u1(returning(CheckedView.class)));
    }

    private void forward(String method, MethodType shape) {
        String descriptor = shape.toMethodDescriptorString();
        Bytes code = new Bytes().u1(ALOAD_0);
        code.u1(GETFIELD).u2(writer.member(FIELD, SUPER, "handle", Handle.class.descriptorString()));
        code.u1(INVOKEVIRTUAL).u2(writer.member(METHOD, HANDLE, "get", GIVES_TARGET));
        code.u1(CHECKCAST).u2(writer.type(type));
        int slots = 1;
        for (Class<?> parameter : shape.parameterArray()) {
            code.u1(LOAD + kind(parameter)).u1(slots);
            slots += slots(parameter);
        }
        code.u1(INVOKEINTERFACE)
                .u2(writer.member(INTERFACE_METHOD, type, method, descriptor))
                .u1(slots)
                .u1(0);
        writer.method(PUBLIC, method, descriptor, slots + 1, slots, code.u1(returning(shape.returnType())));
    }

    private static int returning(Class<?> type) {
        return type == void.class ? RETURN : TYPED_RETURN + kind(type);
    }

    private static int slots(Class<?> type) {
        return type == long.class || type == double.class ? 2 : 1;
    }

    private static int kind(Class<?> type) {
        if (!type.isPrimitive()) {
            return 4;
        }
        return type == long.class ? 1 : type == float.class ? 2 : type == double.class ? 3 : 0;
    }

    private static String internal(Class<?> type) {
        return type.getName().replace('.', '/');
    }
}
