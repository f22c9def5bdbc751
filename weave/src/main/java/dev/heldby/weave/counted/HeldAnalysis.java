// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Who holds each value of a method before each of its instructions, and how long each local variable is needed. */
final class HeldAnalysis {
    private final InsnList code;
    private final Needs needs;
    private final Frame<Held>[] frames;

    /** @param owner the class that declares the method */
    HeldAnalysis(World world, String owner, MethodNode method) throws AnalyzerException {
        code = method.instructions;
        needs = new Needs(method);
        Set<AbstractInsnNode> mustOwn = new HashSet<>();
        Frame<Held>[] found;
        int before;
        do {
            before = mustOwn.size();
            found = analyzer(new HeldInterpreter(world, method.name.equals("<init>"), mustOwn))
                    .analyze(owner, method);
            addOutlived(found, mustOwn);
        } while (mustOwn.size() > before);
        frames = found;
    }

    private static Analyzer<Held> analyzer(HeldInterpreter interpreter) {
        return new Analyzer<>(interpreter) {
            @Override
            protected Frame<Held> newFrame(int locals, int stack) {
                return new HeldFrame(locals, stack);
            }

            @Override
            protected Frame<Held> newFrame(Frame<? extends Held> frame) {
                return new HeldFrame(frame);
            }
        };
    }

    /** Values on the stack whose variable no longer holds them are to hold their objects themselves. */
    private void addOutlived(Frame<Held>[] found, Set<AbstractInsnNode> mustOwn) {
        for (int i = 0; i < found.length; i++) {
            if (found[i] != null && code.get(i).getOpcode() >= 0) {
                for (int depth = 0; depth < found[i].getStackSize(); depth++) {
                    Held value = found[i].getStack(depth);
                    if (value.keeper() == Keeper.LOCAL && isOutlived(i, value.local(), depth, found[i])) {
                        mustOwn.addAll(value.sources());
                    }
                }
            }
        }
    }

    private boolean isOutlived(int i, int local, int depth, Frame<Held> frame) {
        boolean overwrites = code.get(i) instanceof VarInsnNode variable
                && variable.getOpcode() == Opcodes.ASTORE
                && variable.var == local
                && depth < frame.getStackSize() - 1;
        return overwrites || !needs.before(i).get(local);
    }

    /** The frame before that instruction; null where no path leads. */
    Frame<Held> before(int instruction) {
        return frames[instruction];
    }

    Needs needs() {
        return needs;
    }

    /** The variables in that set that hold a reference before that instruction. */
    BitSet neededBefore(int instruction, BitSet variables) {
        BitSet needed = (BitSet) needs.before(instruction).clone();
        needed.and(variables);
        return needed;
    }

    /** The variables of the method whose shadow ever holds a reference. */
    BitSet holdingVariables() {
        BitSet holding = new BitSet();
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] != null && code.get(i).getOpcode() == Opcodes.ASTORE) {
                Keeper keeper = frames[i].getStack(frames[i].getStackSize() - 1).keeper();
                if (keeper == Keeper.OWN || keeper == Keeper.LOCAL) {
                    holding.set(((VarInsnNode) code.get(i)).var);
                }
            }
        }
        return holding;
    }

    /** The variables of that set that may hold a reference which is no longer needed from that instruction on. */
    BitSet[] dropped(BitSet variables) {
        BitSet[] dropped = new BitSet[frames.length];
        for (int i = 0; i < frames.length; i++) {
            dropped[i] = dropped[i] == null ? new BitSet() : dropped[i];
            BitSet held = neededBefore(i, variables);
            if (code.get(i) instanceof VarInsnNode variable && variable.getOpcode() == Opcodes.ASTORE) {
                held.set(variable.var, variables.get(variable.var));
            }
            for (int after : needs.after(i)) {
                addDropped(dropped, after, held);
            }
            for (int handler : needs.handlers(i)) {
                addDropped(dropped, handler, held);
            }
        }
        return dropped;
    }

    private void addDropped(BitSet[] dropped, int at, BitSet held) {
        BitSet gone = (BitSet) held.clone();
        gone.andNot(needs.before(at));
        if (dropped[at] == null) {
            dropped[at] = new BitSet();
        }
        dropped[at].or(gone);
    }
}
