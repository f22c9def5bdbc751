// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Where each local variable is needed: where the class file's table of variables says that it is in scope, and where its
 * value may still be read. Variables that are in no table, such as those that a compiler adds, are needed to their last use.
 *
 * <p>Liveness by the usual iteration backwards over the instructions.
 */
final class Needs {
    private final InsnList code;
    private final List<List<Integer>> next = new ArrayList<>();
    private final List<List<Integer>> handlers = new ArrayList<>();
    private final BitSet[] needed;

    Needs(MethodNode method) {
        code = method.instructions;
        for (int i = 0; i < code.size(); i++) {
            next.add(successors(i));
            handlers.add(new ArrayList<>());
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            for (int i = code.indexOf(block.start); i < code.indexOf(block.end); i++) {
                handlers.get(i).add(code.indexOf(block.handler));
            }
        }
        needed = live();
        addScopes(method);
    }

    /** The local variables that are needed just before that instruction. */
    BitSet before(int instruction) {
        return needed[instruction];
    }

    /** The instructions that may come after that one, handlers left out. */
    List<Integer> after(int instruction) {
        return next.get(instruction);
    }

    List<Integer> handlers(int instruction) {
        return handlers.get(instruction);
    }

    private List<Integer> successors(int i) {
        AbstractInsnNode instruction = code.get(i);
        List<LabelNode> targets = new ArrayList<>();
        if (instruction instanceof JumpInsnNode jump) {
            targets.add(jump.label);
        } else if (instruction instanceof TableSwitchInsnNode table) {
            targets.addAll(table.labels);
            targets.add(table.dflt);
        } else if (instruction instanceof LookupSwitchInsnNode lookup) {
            targets.addAll(lookup.labels);
            targets.add(lookup.dflt);
        }
        List<Integer> all = new ArrayList<>();
        targets.forEach(target -> all.add(code.indexOf(target)));
        if (fallsThrough(instruction.getOpcode()) && i + 1 < code.size()) {
            all.add(i + 1);
        }
        return all;
    }

    private static boolean fallsThrough(int opcode) {
        return opcode != Opcodes.GOTO
                && opcode != Opcodes.TABLESWITCH
                && opcode != Opcodes.LOOKUPSWITCH
                && opcode != Opcodes.ATHROW
                && (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN);
    }

    private BitSet[] live() {
        BitSet[] live = new BitSet[code.size()];
        for (int i = 0; i < live.length; i++) {
            live[i] = new BitSet();
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = live.length - 1; i >= 0; i--) {
                BitSet now = liveBefore(i, live);
                changed |= !now.equals(live[i]);
                live[i] = now;
            }
        }
        return live;
    }

    private BitSet liveBefore(int i, BitSet[] live) {
        BitSet now = new BitSet();
        next.get(i).forEach(after -> now.or(live[after]));
        if (code.get(i) instanceof VarInsnNode variable) {
            now.set(variable.var, variable.getOpcode() == Opcodes.ALOAD);
        }
        handlers.get(i).forEach(handler -> now.or(live[handler]));
        return now;
    }

    private void addScopes(MethodNode method) {
        if (method.localVariables == null) {
            return;
        }
        for (LocalVariableNode variable : method.localVariables) {
            if (variable.desc.startsWith("L") || variable.desc.startsWith("[")) {
                for (int i = code.indexOf(variable.start); i < code.indexOf(variable.end); i++) {
                    needed[i].set(variable.index);
                }
            }
        }
    }
}
