// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.Operation.Word;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Puts the probes of one method where it begins, where it returns, where it throws, and where it tears its object down.
 *
 * <p>The handler for what it throws is the outermost one, rethrows, and is the only new place that needs a frame: there
 * the receiver and the arguments that the probes read are the only variables that are used, so the frame names no others.
 */
final class MethodWeaver extends MethodVisitor {
    private final WovenMethod method;
    private final ProbeCode code;
    private final List<Probe> probes;

    private final Label start = new Label();
    private final Label end = new Label();
    /** News of the own class whose constructor call is still to come: the first call without one is this() or super(). */
    private int pendingNews;

    private boolean delegates;

    MethodWeaver(MethodVisitor next, WovenMethod method, ProbeCode code, List<Probe> probes) {
        super(Opcodes.ASM9, next);
        this.method = method;
        this.code = code;
        this.probes = probes;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        probes.stream().filter(Probe::atEntry).forEach(probe -> code.entry(mv, method, probe));
        if (handlesThrow()) {
            super.visitLabel(start);
        }
    }

    private boolean handlesThrow() {
        return !method.isConstructor() && probes.stream().anyMatch(Probe::atThrow);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        super.visitTypeInsn(opcode, type);
        if (opcode == Opcodes.NEW && type.equals(method.owner())) {
            pendingNews++;
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (name.equals("<init>") && owner.equals(method.owner()) && method.isConstructor()) {
            delegates |= pendingNews == 0;
            pendingNews = Math.max(0, pendingNews - 1);
        }
        if (!method.isStatic() && opcode != Opcodes.INVOKESTATIC && owner.equals(method.owner())) {
            probes.stream()
                    .filter(probe -> probe.operation().word() == Word.DEAD)
                    .filter(probe -> probe.operation().method().name().equals(name))
                    .forEach(probe -> code.dead(mv, method, probe));
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && !delegates) {
            probes.stream().filter(Probe::atExit).forEach(probe -> code.exit(mv, method, probe));
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (handlesThrow()) {
            super.visitLabel(end);
            super.visitTryCatchBlock(start, end, end, null);
            Object[] variables = variablesRead();
            super.visitFrame(Opcodes.F_NEW, variables.length, variables, 1, new Object[] {"java/lang/Throwable"});
            probes.stream().filter(Probe::atThrow).forEach(probe -> code.thrown(mv, method, probe));
            super.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    /** The types of the variables up to the last one that a probe reads when the method throws. */
    private Object[] variablesRead() {
        List<Object> types = new ArrayList<>();
        if (!method.isStatic()) {
            types.add(method.owner());
        }
        for (Probe probe : probes) {
            int argument = probe.operation().target().argument();
            if (probe.atThrow() && argument > 0) {
                int slot = method.slot(argument);
                while (types.size() <= slot) {
                    types.add(Opcodes.TOP);
                }
                types.set(slot, method.parameters()[argument - 1].getInternalName());
            }
        }
        return types.toArray();
    }
}
