// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * The small pieces of code around a call of a get or a put. The object is the last thing on the stack but for a number of
 * references, which some calls have above it; what is handed back to a pool has the pool beneath it.
 */
final class CodeOf {
    private static final String PACKAGE = "dev/heldby/eval/plant/";
    static final String PLANTED = PACKAGE + "Planted";
    static final String CENSUS = PACKAGE + "Census";
    static final String REFUSALS = PACKAGE + "Refusals";

    private CodeOf() {}

    /** What the call takes off the stack, lowest first. */
    static List<Type> operands(MethodInsnNode call) {
        List<Type> operands = new ArrayList<>();
        if (call.getOpcode() != Opcodes.INVOKESTATIC) {
            operands.add(Type.getObjectType(call.owner));
        }
        operands.addAll(List.of(Type.getArgumentTypes(call.desc)));
        return operands;
    }

    private static boolean hasNumber(MethodInsnNode call) {
        List<Type> operands = operands(call);
        return operands.get(operands.size() - 1).getSort() == Type.INT;
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

    /** Takes the operands off the stack and leaves what the call would: the object itself, false, or nothing. */
    static InsnList insteadOf(MethodInsnNode call) {
        InsnList code = new InsnList();
        int left = operands(call).size();
        if (hasNumber(call)) {
            code.add(new InsnNode(Opcodes.POP));
            left--;
        }
        Type result = Type.getReturnType(call.desc);
        if (result.getSort() == Type.OBJECT) {
            left--;
        }
        for (; left > 0; left--) {
            code.add(new InsnNode(Opcodes.POP));
        }
        if (result.getSort() == Type.OBJECT) {
            code.add(new TypeInsnNode(Opcodes.CHECKCAST, result.getInternalName()));
        } else if (result.getSort() != Type.VOID) {
            code.add(new InsnNode(Opcodes.ICONST_0));
        }
        return code;
    }

    static MethodInsnNode copy(MethodInsnNode call) {
        return new MethodInsnNode(call.getOpcode(), call.owner, call.name, call.desc, call.itf);
    }

    static void dropResult(MethodInsnNode call, InsnList code) {
        if (Type.getReturnType(call.desc).getSort() != Type.VOID) {
            code.add(new InsnNode(Opcodes.POP));
        }
    }

    static MethodInsnNode hook(String owner, String name, String type) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, type, false);
    }
}
