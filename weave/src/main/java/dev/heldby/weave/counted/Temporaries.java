// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * The references of values that were taken from the stack in the middle of a statement. They are held as long as anything is
 * left on the stack that was computed from them: it may be the address of such an object's memory.
 */
final class Temporaries {
    private final HeldAnalysis analysis;
    private final Emission emission;
    private final InsnList code;
    private final AbstractInsnNode[] all;
    private final AbstractInsnNode[] originals;
    private final List<Temporary> temporaries = new ArrayList<>();
    private final Map<AbstractInsnNode, AbstractInsnNode> ends = new HashMap<>();
    private final Set<AbstractInsnNode> leaves = new HashSet<>();

    /** One that the instruction with that number took, in that shadow. */
    private record Temporary(int taken, int shadow) {}

    Temporaries(HeldAnalysis analysis, Emission emission, InsnList code) {
        this.analysis = analysis;
        this.emission = emission;
        this.code = code;
        all = code.toArray();
        originals = all.clone();
    }

    /** What follows an instruction that has taken an own value from that place: its reference ends with its result. */
    InsnList giveUp(int instruction, int depth) {
        if (instruction + 1 >= all.length || !isLeft(instruction, instruction + 1)) {
            return Emission.drop(emission.ofStack(depth));
        }
        int shadow = emission.ofRest();
        temporaries.add(new Temporary(instruction, shadow));
        return Emission.exchange(emission.ofStack(depth), shadow);
    }

    /** Puts another instruction in the place of the one with that number. */
    void replace(int instruction, AbstractInsnNode other) {
        code.set(all[instruction], other);
        if (ends.containsKey(all[instruction])) {
            ends.put(other, ends.get(all[instruction]));
        }
        all[instruction] = other;
    }

    /** Before that instruction the method is left, and what is left of the statement is to be given up. */
    void leave(AbstractInsnNode leave, AbstractInsnNode before) {
        leaves.add(leave);
        ends.putIfAbsent(leave, before);
    }

    /** The statement before that instruction ends where that other one stands, or at it if that is null. */
    void endBefore(AbstractInsnNode instruction, AbstractInsnNode first) {
        if (first != null) {
            ends.put(instruction, first);
        }
    }

    /** Ends the references where their statements end. */
    void end() {
        for (Temporary temporary : temporaries) {
            BitSet seen = new BitSet();
            Deque<Integer> open = new ArrayDeque<>(analysis.needs().after(temporary.taken()));
            while (!open.isEmpty()) {
                int i = open.pop();
                if (!seen.get(i) && analysis.before(i) != null) {
                    seen.set(i);
                    if (!endAt(i, temporary)) {
                        open.addAll(analysis.needs().after(i));
                    }
                }
            }
        }
    }

    private boolean endAt(int i, Temporary temporary) {
        AbstractInsnNode instruction = all[i];
        boolean ends = instruction.getOpcode() >= 0 && !isLeft(temporary.taken(), i);
        if (leaves.contains(instruction) || ends) {
            code.insertBefore(ends(i), Emission.drop(temporary.shadow()));
            return true;
        }
        return instruction.getOpcode() == Opcodes.ATHROW;
    }

    private AbstractInsnNode ends(int i) {
        return ends.getOrDefault(all[i], all[i]);
    }

    /** Whether anything on the stack before an instruction was computed from what the other took. */
    private boolean isLeft(int taken, int before) {
        Frame<Held> frame = analysis.before(before);
        for (int depth = 0; frame != null && depth < frame.getStackSize(); depth++) {
            if (frame.getStack(depth).derived().contains(originals[taken])) {
                return true;
            }
        }
        return false;
    }
}
