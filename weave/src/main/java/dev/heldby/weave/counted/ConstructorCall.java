// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** A constructor's call of another one, this() or super(): the first without a NEW of its own. */
final class ConstructorCall {
    private ConstructorCall() {}

    static MethodInsnNode of(String owner, MethodNode constructor) {
        int pending = 0;
        for (AbstractInsnNode instruction : constructor.instructions) {
            if (instruction.getOpcode() == Opcodes.NEW) {
                pending++;
            } else if (instruction.getOpcode() == Opcodes.INVOKESPECIAL
                    && ((MethodInsnNode) instruction).name.equals("<init>")
                    && pending-- == 0) {
                return (MethodInsnNode) instruction;
            }
        }
        throw new CannotWeave(owner + " has a constructor that calls no other");
    }
}
