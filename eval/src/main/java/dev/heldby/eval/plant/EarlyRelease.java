// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Where a release of a local variable can be moved to.
 *
 * @param variable its slot
 * @param use the instruction that loads it for the last use before the release
 */
record EarlyRelease(int variable, AbstractInsnNode use) {

    /** Empty unless the object is a variable that, earlier in the code, is passed to or asked by another method. */
    static Optional<EarlyRelease> find(MethodNode method, MethodInsnNode release) {
        int variable = variable(release);
        boolean isThis = variable == 0 && (method.access & Opcodes.ACC_STATIC) == 0;
        if (variable < 0 || isThis || CodeOf.operands(release).size() != 1) {
            return Optional.empty();
        }
        AbstractInsnNode load = release.getPrevious();
        while (load != null && load.getOpcode() != Opcodes.ALOAD) {
            load = load.getPrevious();
        }
        for (AbstractInsnNode step = load.getPrevious(); step != null; step = step.getPrevious()) {
            if (step instanceof VarInsnNode access && access.var == variable) {
                if (step.getOpcode() == Opcodes.ASTORE) {
                    return Optional.empty();
                }
                if (step.getOpcode() == Opcodes.ALOAD && isUse(step, release)) {
                    return Optional.of(new EarlyRelease(variable, step));
                }
            }
        }
        return Optional.empty();
    }

    /** The slot of the variable that was loaded just before the call, or -1. */
    static int variable(MethodInsnNode call) {
        AbstractInsnNode before = call.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return before instanceof VarInsnNode load && load.getOpcode() == Opcodes.ALOAD ? load.var : -1;
    }

    private static boolean isUse(AbstractInsnNode load, MethodInsnNode release) {
        for (AbstractInsnNode step = load.getNext(); step != null; step = step.getNext()) {
            if (step instanceof MethodInsnNode call) {
                boolean sameCall = call.name.equals(release.name) && call.desc.equals(release.desc);
                return !sameCall && !call.name.equals("retain") && !call.name.equals("<init>");
            }
            int opcode = step.getOpcode();
            boolean endsStatement = step instanceof JumpInsnNode
                    || opcode >= Opcodes.ISTORE && opcode <= Opcodes.SASTORE
                    || opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN
                    || opcode == Opcodes.PUTFIELD
                    || opcode == Opcodes.PUTSTATIC;
            if (endsStatement) {
                return false;
            }
        }
        return false;
    }
}
