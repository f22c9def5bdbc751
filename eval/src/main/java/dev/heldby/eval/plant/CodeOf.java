// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The small pieces of code around a call of a get or a put, whose only argument beside the object is a number, if any. */
final class CodeOf {
    static final String PLANTED = "dev/heldby/eval/plant/Planted";
    static final String CENSUS = "dev/heldby/eval/plant/Census";

    private CodeOf() {}

    /** Whether a number lies on the stack above the object. */
    static boolean hasNumber(MethodInsnNode call) {
        int arguments = Type.getArgumentTypes(call.desc).length;
        return call.getOpcode() == Opcodes.INVOKESTATIC ? arguments == 2 : arguments == 1;
    }

    /** Leaves the stack as it is before the call, and on top of it the object once more. */
    static InsnList copyObject(MethodInsnNode call) {
        InsnList code = new InsnList();
        if (hasNumber(call)) {
            code.add(new InsnNode(Opcodes.DUP2));
            code.add(new InsnNode(Opcodes.POP));
        } else {
            code.add(new InsnNode(Opcodes.DUP));
        }
        return code;
    }

    static MethodInsnNode hook(String owner, String name, String type) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, type, false);
    }
}
