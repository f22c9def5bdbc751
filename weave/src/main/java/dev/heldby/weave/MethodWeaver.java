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
 * <p>The handler for what it throws is the outermost one, rethrows, and is the only new place that needs a frame, which
 * names the receiver and the arguments that the probes there use. In a constructor it begins after {@code super()}.
 */
final class MethodWeaver extends MethodVisitor {
    private final WovenMethod method;
    private final ProbeCode code;
    private final List<Probe> probes;

    private final Label start = new Label();
    private final Label end = new Label();
    /** News whose constructor call is still to come: the first call without one is this() or super(). */
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
        if (handlesThrow() && !method.isConstructor()) {
            super.visitLabel(start);
        }
    }

    private boolean handlesThrow() {
        return !delegates && probes.stream().anyMatch(Probe::atThrow);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        super.visitTypeInsn(opcode, type);
        if (opcode == Opcodes.NEW) {
            pendingNews++;
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        if (!method.isStatic() && opcode != Opcodes.INVOKESTATIC && owner.equals(method.owner())) {
            probes.stream()
                    .filter(probe -> probe.operation().word() == Word.DEAD)
                    .filter(probe -> probe.operation().method().name().equals(name))
                    .forEach(probe -> code.dead(mv, method, probe));
        }
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        if (name.equals("<init>") && pendingNews-- == 0 && method.isConstructor()) {
            initialized(owner);
        }
    }

    private void initialized(String owner) {
        pendingNews = 0;
        delegates = owner.equals(method.owner());
        if (handlesThrow()) {
            super.visitLabel(start);
        }
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
            Object[] locals = localsUsed();
            super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
            probes.stream().filter(Probe::atThrow).forEach(probe -> code.thrown(mv, method, probe));
            super.visitInsn(Opcodes.ATHROW);
        }
        super.visitMaxs(maxStack, maxLocals);
    }

    private Object[] localsUsed() {
        List<Object> locals = new ArrayList<>();
        if (!method.isStatic()) {
            locals.add(method.owner());
        }
        probes.stream()
                .filter(Probe::atThrow)
                .mapToInt(probe -> probe.operation().target().argument())
                .filter(argument -> argument > 0)
                .forEach(argument -> {
                    while (locals.size() <= method.slot(argument)) {
                        locals.add(Opcodes.TOP);
                    }
                    locals.set(method.slot(argument), method.parameters()[argument - 1].getInternalName());
                });
        return locals.toArray();
    }
}
