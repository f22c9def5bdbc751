// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.Operation;
import dev.heldby.weave.rules.Operation.Size;
import dev.heldby.weave.rules.Operation.When;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The instructions of the probes: calls of the gate, without a branch, that leave the operand stack as it was.
 *
 * @param gate the internal name of the class with the methods of {@link dev.heldby.recording.Probes}
 */
record ProbeCode(String gate) {
    private static final String OBJECT = "Ljava/lang/Object;";

    void entry(MethodVisitor mv, WovenMethod method, Probe probe) {
        state(mv, method, probe);
        switch (probe.operation().word()) {
            case PUT -> {
                references(mv, method, probe.operation());
                call(mv, "put", "(" + OBJECT + "I)V");
            }
            case USE -> call(mv, "use", "(" + OBJECT + ")V");
            default -> throw new IllegalStateException(probe.operation().word() + " has no place at a method's entry");
        }
    }

    void exit(MethodVisitor mv, WovenMethod method, Probe probe) {
        Operation operation = probe.operation();
        switch (operation.word()) {
            case BORN -> born(mv, method, probe);
            case GET, PUT -> {
                boolean conditional = operation.when() == When.TRUE;
                if (conditional) {
                    mv.visitInsn(Opcodes.DUP);
                }
                state(mv, method, probe);
                references(mv, method, operation);
                String name = operation.word() == Operation.Word.GET ? "get" : "put";
                call(mv, conditional ? name + "If" : name, "(" + (conditional ? "Z" : "") + OBJECT + "I)V");
            }
            case USE -> used(mv, method, probe);
            case BYTES -> {
                target(mv, method, operation);
                size(mv, method, operation.size());
                call(mv, "bytes", "(" + OBJECT + "J)V");
            }
            case EXCUSE -> excuse(mv, method, operation);
            case DEAD -> throw new IllegalStateException("DEAD has no place at a method's exit");
        }
    }

    private void used(MethodVisitor mv, WovenMethod method, Probe probe) {
        if (probe.operation().when() == When.THROWN_REFUSES) {
            state(mv, method, probe);
            call(mv, "used", "(" + OBJECT + ")V");
            return;
        }
        mv.visitInsn(Opcodes.DUP);
        if (probe.inField()) {
            state(mv, method, probe);
        } else {
            target(mv, method, probe.operation());
        }
        call(mv, probe.inField() ? "usable" : "usableObject", "(Z" + OBJECT + ")V");
    }

    void thrown(MethodVisitor mv, WovenMethod method, Probe probe) {
        if (probe.operation().word() == Operation.Word.EXCUSE) {
            excuse(mv, method, probe.operation());
            return;
        }
        state(mv, method, probe);
        call(mv, probe.operation().word() == Operation.Word.PUT ? "refusedPut" : "refusedUse", "(" + OBJECT + ")V");
    }

    private void excuse(MethodVisitor mv, WovenMethod method, Operation operation) {
        target(mv, method, operation);
        if (operation.through() == null) {
            call(mv, "excuse", "(" + OBJECT + ")V");
        } else {
            mv.visitLdcInsn(operation.through());
            call(mv, "excuseThrough", "(" + OBJECT + "Ljava/lang/String;)V");
        }
    }

    void dead(MethodVisitor mv, WovenMethod method, Probe probe) {
        state(mv, method, probe);
        call(mv, "dead", "(" + OBJECT + ")V");
    }

    private void born(MethodVisitor mv, WovenMethod method, Probe probe) {
        Operation operation = probe.operation();
        if (probe.inField()) {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            state(mv, method, probe);
            mv.visitLdcInsn(probe.kind());
            call(mv, "born", "(" + OBJECT + OBJECT + "I)" + OBJECT);
            mv.visitFieldInsn(Opcodes.PUTFIELD, method.owner(), LifecycleField.NAME, LifecycleField.DESCRIPTOR);
            return;
        }
        target(mv, method, operation);
        if (operation.unowned() > 0) {
            mv.visitVarInsn(Opcodes.ALOAD, method.slot(operation.unowned()));
        }
        mv.visitLdcInsn(probe.kind());
        call(
                mv,
                operation.unowned() > 0 ? "bornMappedUnowned" : "bornMapped",
                "(" + OBJECT + (operation.unowned() > 0 ? OBJECT : "") + "I)V");
    }

    /** Pushes the lifecycle of the object that the operation means, or null. */
    private void state(MethodVisitor mv, WovenMethod method, Probe probe) {
        target(mv, method, probe.operation());
        if (probe.inField()) {
            mv.visitFieldInsn(Opcodes.GETFIELD, method.owner(), LifecycleField.NAME, LifecycleField.DESCRIPTOR);
        } else {
            call(mv, "find", "(" + OBJECT + ")" + OBJECT);
        }
    }

    private static void target(MethodVisitor mv, WovenMethod method, Operation operation) {
        int argument = operation.target().argument();
        if (argument < 0) {
            mv.visitInsn(Opcodes.DUP);
        } else {
            mv.visitVarInsn(Opcodes.ALOAD, argument == 0 ? 0 : method.slot(argument));
        }
    }

    private static void references(MethodVisitor mv, WovenMethod method, Operation operation) {
        if (operation.references() == 0) {
            mv.visitInsn(Opcodes.ICONST_1);
        } else {
            mv.visitVarInsn(Opcodes.ILOAD, method.slot(operation.references()));
        }
    }

    private static void size(MethodVisitor mv, WovenMethod method, Size size) {
        Type type;
        if (size.field() != null) {
            type = Type.getType(method.fields().get(size.field()));
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            mv.visitFieldInsn(Opcodes.GETFIELD, method.owner(), size.field(), type.getDescriptor());
        } else {
            type = method.parameters()[size.argument() - 1];
            mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), method.slot(size.argument()));
        }
        if (type.getSort() == Type.ARRAY) {
            mv.visitInsn(Opcodes.ARRAYLENGTH);
        }
        if (type.getSort() != Type.LONG) {
            mv.visitInsn(Opcodes.I2L);
        }
    }

    private void call(MethodVisitor mv, String name, String descriptor) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, gate, name, descriptor, false);
    }
}
