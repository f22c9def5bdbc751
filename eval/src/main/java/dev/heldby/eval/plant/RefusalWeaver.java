// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Has every exception of a class told that says that no reference was left. */
final class RefusalWeaver {
    private RefusalWeaver() {}

    static void tell(ClassNode exception) {
        for (MethodNode method : exception.methods) {
            if (method.name.equals("<init>") && !callsAnother(exception, method)) {
                for (AbstractInsnNode step : method.instructions.toArray()) {
                    if (step.getOpcode() == Opcodes.RETURN) {
                        InsnList code = new InsnList();
                        code.add(new VarInsnNode(Opcodes.ALOAD, 0));
                        code.add(CodeOf.hook(CodeOf.REFUSALS, "made", "(Ljava/lang/Throwable;)V"));
                        method.instructions.insertBefore(step, code);
                    }
                }
            }
        }
    }

    /** Whether another constructor of the class, which tells, is called first. */
    private static boolean callsAnother(ClassNode exception, MethodNode constructor) {
        for (AbstractInsnNode step : constructor.instructions) {
            if (step instanceof MethodInsnNode call
                    && call.name.equals("<init>")
                    && call.owner.equals(exception.name)) {
                return true;
            }
        }
        return false;
    }
}
