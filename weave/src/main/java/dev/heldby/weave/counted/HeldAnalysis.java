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
    private final Set<AbstractInsnNode> mustOwn = new HashSet<>();
    private final Frame<Held>[] frames;

    /** @param owner the class that declares the method */
    HeldAnalysis(World world, String owner, MethodNode method) throws AnalyzerException {
        code = method.instructions;
        needs = new Needs(method);
        Frame<Held>[] found;
        int before;
        do {
            before = mustOwn.size();
            found = analyzer(new HeldInterpreter(world, method.name.equals("<init>"), mustOwn))
                    .analyze(owner, method);
            addOutlived(found);
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

    /** Values that outlive the variable which holds their object are to hold it themselves. */
    private void addOutlived(Frame<Held>[] found) {
        for (int i = 0; i < found.length; i++) {
            if (found[i] != null && code.get(i).getOpcode() >= 0) {
                int top = found[i].getStackSize() - 1;
                for (int depth = 0; depth <= top; depth++) {
                    addOutlived(i, found[i].getStack(depth), depth == top);
                }
                for (int local = 0; local < found[i].getLocals(); local++) {
                    if (needs.before(i).get(local)) {
                        addOutlived(i, found[i].getLocal(local), false);
                    }
                }
            }
        }
    }

    /** @param isTaken whether the instruction, if it overwrites a variable, does so with that value */
    private void addOutlived(int i, Held value, boolean isTaken) {
        boolean overwrites = code.get(i) instanceof VarInsnNode variable
                && variable.getOpcode() == Opcodes.ASTORE
                && variable.var == value.local()
                && !isTaken;
        if (value.isByLocal() && (overwrites || !needs.before(i).get(value.local()))) {
            mustOwn.addAll(value.sources());
        }
    }

    /** Whether that store leaves its value to another variable, which outlives the one that is assigned. */
    boolean isBorrowing(VarInsnNode store, Held value) {
        return value.keeper() == Keeper.LOCAL && value.local() != store.var && !mustOwn.contains(store);
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
            if (frames[i] != null && code.get(i) instanceof VarInsnNode store && store.getOpcode() == Opcodes.ASTORE) {
                Held value = frames[i].getStack(frames[i].getStackSize() - 1);
                if (value.isOwn() || value.keeper() == Keeper.LOCAL && !isBorrowing(store, value)) {
                    holding.set(store.var);
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
