// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Shape.FieldShape;
import dev.heldby.weave.counted.Shape.Hold;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The members that a class gets whose objects are counted: those of {@code Countable}, and the access to its fields. */
final class CountedMembers {
    static final String COUNTABLE = "dev/heldby/counted/Countable";
    static final String COUNTED_OBJECT = "dev/heldby/counted/CountedObject";
    private static final String OWN_COUNTED = "dev/heldby/counted/OwnCounted";
    private static final String COUNT = "dev/heldby/counted/Count";
    private static final String COUNT_FIELD = "heldby$count";
    private static final String VISIT = "heldby$visit";
    private static final String VISITOR = "dev/heldby/counted/Countable$Visitor";
    private static final String VISITED = "(L" + VISITOR + ";)V";

    private final World world;
    private final Shape shape;

    CountedMembers(World world, Shape shape) {
        this.world = world;
        this.shape = shape;
    }

    /** The interface that the class gets, or null. */
    String marker() {
        if (shape.destructor() != null && !shape.isInterface()) {
            return shape.retain() == null ? COUNTED_OBJECT : OWN_COUNTED;
        }
        return world.hasCount(shape.name()) ? COUNTABLE : null;
    }

    /** The fields of the class that code reaches through methods. */
    List<Map.Entry<String, FieldShape>> accessed() {
        return shape.fields().entrySet().stream()
                .filter(field ->
                        world.isCounted(field.getValue()) && !field.getValue().isFinal()
                                || field.getValue().hold() == Hold.WEAK
                                        && world.mayHold(field.getValue().descriptor()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
    }

    void write(ClassVisitor target) {
        accessed().forEach(field -> new FieldAccess(target, shape, field.getKey(), field.getValue()).write());
        if (shape.isInterface() || !world.isCounted(shape.name())) {
            return;
        }
        boolean isTop = world.hasCount(shape.name());
        if (isTop) {
            writeCount(target);
        }
        if (shape.destructor() != null) {
            writeCall(target, "heldby$destroy", shape.destructor());
        } else if (isTop) {
            writeCall(target, "heldby$destroy", null);
        }
        if (shape.retain() != null) {
            writeCall(target, "heldby$retain", shape.retain());
        }
        if (isTop || !heldFields().isEmpty()) {
            writeDrop(target, isTop);
            writeVisit(target, isTop);
        }
    }

    private List<Map.Entry<String, FieldShape>> heldFields() {
        return shape.fields().entrySet().stream()
                .filter(field -> !field.getValue().isStatic() && world.isCounted(field.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
    }

    private static MethodVisitor method(ClassVisitor target, String name, String descriptor) {
        MethodVisitor code =
                target.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC, name, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void end(MethodVisitor code) {
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void writeCount(ClassVisitor target) {
        String descriptor = "L" + COUNT + ";";
        target.visitField(
                        Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC,
                        COUNT_FIELD,
                        descriptor,
                        null,
                        null)
                .visitEnd();
        MethodVisitor getter = method(target, COUNT_FIELD, "()" + descriptor);
        getter.visitVarInsn(Opcodes.ALOAD, 0);
        getter.visitFieldInsn(Opcodes.GETFIELD, shape.name(), COUNT_FIELD, descriptor);
        getter.visitInsn(Opcodes.ARETURN);
        getter.visitMaxs(0, 0);
        getter.visitEnd();
        MethodVisitor setter = method(target, COUNT_FIELD, "(" + descriptor + ")V");
        setter.visitVarInsn(Opcodes.ALOAD, 0);
        setter.visitVarInsn(Opcodes.ALOAD, 1);
        setter.visitFieldInsn(Opcodes.PUTFIELD, shape.name(), COUNT_FIELD, descriptor);
        end(setter);
    }

    /** @param called the method of the program that it calls, or null */
    private void writeCall(ClassVisitor target, String name, String called) {
        MethodVisitor code = method(target, name, "()V");
        if (called != null) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, shape.name(), called, "()V", false);
        }
        end(code);
    }

    private void writeDrop(ClassVisitor target, boolean isTop) {
        MethodVisitor code = method(target, "heldby$drop", "()V");
        for (Map.Entry<String, FieldShape> field : heldFields()) {
            loadField(code, field);
            if (!field.getValue().isFinal()) {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                code.visitInsn(Opcodes.ACONST_NULL);
                code.visitFieldInsn(
                        Opcodes.PUTFIELD,
                        shape.name(),
                        field.getKey(),
                        field.getValue().descriptor());
            }
            code.visitMethodInsn(
                    Opcodes.INVOKESTATIC, Emission.REFERENCES, "release", "(" + Emission.OBJECT + ")V", false);
        }
        if (!isTop) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, shape.superName(), "heldby$drop", "()V", false);
        }
        end(code);
    }

    private void writeVisit(ClassVisitor target, boolean isTop) {
        MethodVisitor code = method(target, VISIT, VISITED);
        for (Map.Entry<String, FieldShape> field : heldFields()) {
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitLdcInsn(field.getKey());
            loadField(code, field);
            code.visitMethodInsn(
                    Opcodes.INVOKEINTERFACE, VISITOR, "visit", "(Ljava/lang/String;" + Emission.OBJECT + ")V", true);
        }
        if (!isTop) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitMethodInsn(Opcodes.INVOKESPECIAL, shape.superName(), VISIT, VISITED, false);
        }
        end(code);
    }

    private void loadField(MethodVisitor code, Map.Entry<String, FieldShape> field) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(
                Opcodes.GETFIELD, shape.name(), field.getKey(), field.getValue().descriptor());
    }

    /** Has a method complain that is called for an object which is destroyed. To be done after its own code was rewritten. */
    void enterMethod(MethodNode method) {
        Shape counted = world.countedType(shape.name());
        int hidden = Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;
        if (counted != null
                && (method.access & hidden) == 0
                && !method.name.equals("<init>")
                && !(method.name + method.desc).equals(counted.destructor() + "()V")) {
            method.instructions.insert(Emission.list(Emission.load(0), Emission.call("use", "(L" + COUNTABLE + ";)V")));
        }
    }

    /**
     * Gives a new object its count before anybody can see it, and tells of it when it is one of a counted type. To be done
     * after the constructor's own code was rewritten.
     *
     * @param call the constructor's call of another one
     */
    void enterConstructor(MethodNode constructor, MethodInsnNode call) {
        boolean delegates = call.owner.equals(shape.name());
        if (delegates) {
            return;
        }
        if (world.hasCount(shape.name())) {
            constructor.instructions.insert(newCount());
        }
        Shape counted = world.countedType(shape.name());
        if (shape.equals(counted) && world.countedType(shape.superName()) == null) {
            constructor.instructions.insert(
                    call,
                    Emission.list(
                            Emission.load(0),
                            Emission.load(0),
                            (AbstractInsnNode) new MethodInsnNode(
                                    Opcodes.INVOKEVIRTUAL, shape.name(), COUNT_FIELD, "()L" + COUNT + ";", false),
                            Emission.call("born", "(" + Emission.OBJECT + "L" + COUNT + ";)V")));
        }
    }

    private InsnList newCount() {
        return Emission.list(
                Emission.load(0),
                new TypeInsnNode(Opcodes.NEW, COUNT),
                Emission.op(Opcodes.DUP),
                new MethodInsnNode(Opcodes.INVOKESPECIAL, COUNT, "<init>", "()V", false),
                new FieldInsnNode(Opcodes.PUTFIELD, shape.name(), COUNT_FIELD, "L" + COUNT + ";"),
                new MethodInsnNode(
                        Opcodes.INVOKESTATIC, "java/lang/invoke/VarHandle", "storeStoreFence", "()V", false));
    }
}
