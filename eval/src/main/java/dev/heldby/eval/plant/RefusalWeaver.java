// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Has every exception told that says that no reference was left. */
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

    /** Has everything told that a method throws: of a put or a get, that says the same. */
    static void tellThrown(MethodNode method) {
        LabelNode from = new LabelNode();
        LabelNode to = new LabelNode();
        InsnList code = method.instructions;
        code.insert(from);
        code.add(to);
        code.add(new FrameNode(
                Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {Type.getInternalName(Throwable.class)}));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(CodeOf.hook(CodeOf.REFUSALS, "made", "(Ljava/lang/Throwable;)V"));
        code.add(new InsnNode(Opcodes.ATHROW));
        method.tryCatchBlocks.add(new TryCatchBlockNode(from, to, to, null));
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
