// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * How much of a program's copying of references has to be counted.
 *
 * @param copies how many instructions copy a reference that may be counted: to the stack, to a variable, a field or an
 *     element of an array
 * @param taken how many calls were inserted that take a reference for such a copy; each is given back once
 */
public record Operations(int copies, int taken) {
    static final Operations NONE = new Operations(0, 0);

    private static final Set<String> TAKING =
            Set.of("retain", "hold", "adopted", "element", "receivedOutside", "receivedFrom");

    Operations plus(Operations other) {
        return new Operations(copies + other.copies, taken + other.taken);
    }

    /** How many instructions of the method, as it was, copy a reference that may be counted. */
    static int copies(HeldAnalysis analysis, InsnList code) {
        int copies = 0;
        for (int i = 0; i < code.size(); i++) {
            AbstractInsnNode instruction = code.get(i);
            if (analysis.before(i) != null
                    && (isStore(instruction) && isTopHeld(analysis.before(i))
                            || isLoad(instruction) && isTopHeld(analysis.before(i + 1)))) {
                copies++;
            }
        }
        return copies;
    }

    private static boolean isStore(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.ASTORE, Opcodes.PUTFIELD, Opcodes.PUTSTATIC, Opcodes.AASTORE -> true;
            default -> false;
        };
    }

    private static boolean isLoad(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.ALOAD, Opcodes.GETFIELD, Opcodes.GETSTATIC, Opcodes.AALOAD -> true;
            case Opcodes.DUP, Opcodes.DUP_X1, Opcodes.DUP_X2 -> true;
            default -> instruction instanceof MethodInsnNode call && !call.desc.endsWith(")V");
        };
    }

    private static boolean isTopHeld(Frame<Held> frame) {
        if (frame == null || frame.getStackSize() == 0) {
            return false;
        }
        Keeper keeper = frame.getStack(frame.getStackSize() - 1).keeper();
        return keeper != Keeper.NONE && keeper != Keeper.UNMADE;
    }

    /** How many references the method, as it is now, takes. */
    static int taken(InsnList code) {
        int taken = 0;
        for (AbstractInsnNode instruction : code) {
            if (instruction instanceof MethodInsnNode call
                    && ((call.owner.equals(Emission.REFERENCES) || call.owner.equals(Emission.OUTSIDE))
                                    && TAKING.contains(call.name)
                            || FieldAccess.isGetter(call.name))) {
                taken++;
            }
        }
        return taken;
    }
}
