// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Shape.FieldShape;
import dev.heldby.weave.counted.Shape.Hold;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The static methods through which woven code loads and stores a field that counts and is not final.
 *
 * <p>A load takes a reference only while there is one, and looks again if another thread has overwritten the field
 * meanwhile. A store exchanges atomically, so that of racing stores each gives up what it has overwritten. Thus the counts
 * stay right whatever threads do; a store costs an atomic exchange, a load nothing beside its reference.
 */
final class FieldAccess {
    private static final String GETTER = "heldby$get$";
    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    private static final String BOOTSTRAPS = "java/lang/invoke/ConstantBootstraps";

    private final ClassVisitor target;
    private final Shape shape;
    private final String name;
    private final FieldShape field;
    private final Type type;
    private final int argument;

    FieldAccess(ClassVisitor target, Shape shape, String name, FieldShape field) {
        this.target = target;
        this.shape = shape;
        this.name = name;
        this.field = field;
        type = Type.getType(field.descriptor());
        argument = field.isStatic() ? 0 : 1;
    }

    static String getter(String field) {
        return GETTER + field;
    }

    static boolean isGetter(String method) {
        return method.startsWith(GETTER);
    }

    static String setter(String field) {
        return "heldby$set$" + field;
    }

    static String getterDescriptor(String owner, FieldShape field) {
        return "(" + (field.isStatic() ? "" : "L" + owner + ";") + ")" + field.descriptor();
    }

    static String setterDescriptor(String owner, FieldShape field) {
        return "(" + (field.isStatic() ? "" : "L" + owner + ";") + field.descriptor() + ")V";
    }

    void write() {
        if (field.hold() == Hold.WEAK) {
            writeWeakGetter();
        } else {
            writeGetter();
            writeSetter();
        }
    }

    private MethodVisitor method(String method, String descriptor) {
        MethodVisitor code = target.visitMethod(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, method, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private void load(MethodVisitor code) {
        if (argument == 1) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        }
        code.visitFieldInsn(
                field.isStatic() ? Opcodes.GETSTATIC : Opcodes.GETFIELD, shape.name(), name, field.descriptor());
    }

    private void writeGetter() {
        MethodVisitor code = method(getter(name), getterDescriptor(shape.name(), field));
        load(code);
        code.visitVarInsn(Opcodes.ASTORE, argument);
        code.visitVarInsn(Opcodes.ALOAD, argument);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, Emission.REFERENCES, "take", "(" + Emission.OBJECT + ")Z", false);
        Label late = new Label();
        code.visitJumpInsn(Opcodes.IFEQ, late);
        code.visitVarInsn(Opcodes.ALOAD, argument);
        code.visitInsn(Opcodes.ARETURN);
        code.visitLabel(late);
        frame(code);
        pushHandle(code);
        if (argument == 1) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        } else {
            code.visitInsn(Opcodes.ACONST_NULL);
        }
        code.visitVarInsn(Opcodes.ALOAD, argument);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Emission.REFERENCES,
                "retake",
                "(L" + VAR_HANDLE + ";" + Emission.OBJECT + Emission.OBJECT + ")" + Emission.OBJECT,
                false);
        code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    private void frame(MethodVisitor code) {
        Object[] locals = argument == 1
                ? new Object[] {shape.name(), type.getInternalName()}
                : new Object[] {type.getInternalName()};
        code.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
    }

    private void writeSetter() {
        MethodVisitor code = method(setter(name), setterDescriptor(shape.name(), field));
        pushHandle(code);
        if (argument == 1) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        }
        code.visitVarInsn(Opcodes.ALOAD, argument);
        String exchanged =
                "(" + (argument == 1 ? "L" + shape.name() + ";" : "") + field.descriptor() + ")" + field.descriptor();
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, VAR_HANDLE, "getAndSet", exchanged, false);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, Emission.REFERENCES, "release", "(" + Emission.OBJECT + ")V", false);
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    private void writeWeakGetter() {
        MethodVisitor code = method(getter(name), getterDescriptor(shape.name(), field));
        load(code);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Emission.REFERENCES,
                "strengthen",
                "(" + Emission.OBJECT + ")" + Emission.OBJECT,
                false);
        code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
        code.visitInsn(Opcodes.ARETURN);
        end(code);
    }

    /** Pushes the handle of the field, which the JVM makes at the first use. */
    private void pushHandle(MethodVisitor code) {
        Handle bootstrap = new Handle(
                Opcodes.H_INVOKESTATIC,
                BOOTSTRAPS,
                field.isStatic() ? "staticFieldVarHandle" : "fieldVarHandle",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;Ljava/lang/Class;"
                        + "Ljava/lang/Class;)Ljava/lang/invoke/VarHandle;",
                false);
        code.visitLdcInsn(
                new ConstantDynamic(name, "L" + VAR_HANDLE + ";", bootstrap, Type.getObjectType(shape.name()), type));
    }

    private static void end(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
