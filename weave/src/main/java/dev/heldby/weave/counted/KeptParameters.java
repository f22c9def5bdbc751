// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The receiver and the parameters that a method has in their variables wherever it is. A handler around the method names them
 * in its frame, since another weaver may put a handler around that one, and look at them there.
 */
final class KeptParameters {
    private final MethodNode method;

    KeptParameters(MethodNode method) {
        this.method = method;
    }

    /** @param receiver its type in the frame; of a constructor it is there in any case */
    Object[] locals(Object receiver) {
        List<Object> locals = new ArrayList<>();
        int local = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            locals.add(method.name.equals("<init>") || isKept(0, receiver) ? receiver : Opcodes.TOP);
            local = 1;
        }
        for (Type type : Type.getArgumentTypes(method.desc)) {
            add(type, local, locals);
            local += type.getSize();
        }
        return locals.toArray();
    }

    private void add(Type type, int local, List<Object> locals) {
        Object verified = verified(type);
        if (isKept(local, verified)) {
            locals.add(verified);
        } else {
            for (int i = 0; i < type.getSize(); i++) {
                locals.add(Opcodes.TOP);
            }
        }
    }

    private static Object verified(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.ARRAY, Type.OBJECT -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }

    private boolean isKept(int local, Object verified) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof VarInsnNode variable && overwrites(variable, local, isWide(verified))
                    || instruction instanceof FrameNode frame && !verified.equals(at(local, frame.local))) {
                return false;
            }
        }
        return true;
    }

    private static boolean overwrites(VarInsnNode instruction, int local, boolean isWide) {
        int opcode = instruction.getOpcode();
        return switch (opcode) {
            case Opcodes.ISTORE, Opcodes.FSTORE, Opcodes.ASTORE, Opcodes.LSTORE, Opcodes.DSTORE ->
                instruction.var == local
                        || isWide && instruction.var == local + 1
                        || (opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE) && instruction.var == local - 1;
            default -> false;
        };
    }

    private static boolean isWide(Object verified) {
        return Opcodes.LONG.equals(verified) || Opcodes.DOUBLE.equals(verified);
    }

    /** What a frame has in a variable. */
    private static Object at(int local, List<Object> locals) {
        int slot = 0;
        for (Object type : locals) {
            if (slot == local) {
                return type;
            }
            slot += isWide(type) ? 2 : 1;
        }
        return Opcodes.TOP;
    }
}
