// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Makes one method count: what each instruction does to references is done to the shadows as well. */
final class MethodRewriter {
    private final World world;
    private final String owner;
    private final MethodNode node;
    private final HeldAnalysis analysis;
    private final BitSet variables;
    private final MethodCode method;
    private final FieldRewriter fields;
    private final ArrayRewriter arrays;
    private final CallRewriter calls;
    private final LeaveRewriter leaves;
    private final MethodEnds ends;
    private final boolean isHeldAtEntry;
    private Operations operations = Operations.NONE;

    /** @param isHandle whether the code has a method handle of the method, by which others may call it */
    MethodRewriter(World world, String owner, MethodNode node, boolean isHandle) throws AnalyzerException {
        this.world = world;
        this.owner = owner;
        this.node = node;
        analysis = new HeldAnalysis(world, owner, node);
        variables = analysis.holdingVariables();
        Emission emission = new Emission(node.maxLocals, node.maxStack);
        method = new MethodCode(world, analysis, emission, node.instructions);
        isHeldAtEntry = MethodEnds.isHeldAtEntry(world, owner, node, isHandle);
        List<Integer> held = isHeldAtEntry
                ? MethodEnds.heldParameters(world, owner, node).boxed().toList()
                : List.of();
        fields = new FieldRewriter(method);
        arrays = new ArrayRewriter(method);
        calls = new CallRewriter(method, owner, node);
        leaves = new LeaveRewriter(method, variables, held, world.mayHold(Type.getReturnType(node.desc)));
        ends = new MethodEnds(world, owner, node, emission);
    }

    /** Whether there was anything to count. */
    boolean rewrite() {
        Set<LabelNode> handlersOfHolders = handlersOfHolders();
        AbstractInsnNode[] all = node.instructions.toArray();
        int copies = Operations.copies(analysis, node.instructions);
        UnmadeLabels unmade = new UnmadeLabels(node.instructions);
        ends.addDrops(analysis, analysis.dropped(variables), method.temporaries);
        for (int i = 0; i < all.length; i++) {
            if (analysis.before(i) != null && all[i].getOpcode() >= 0) {
                rewrite(i, all[i], analysis.before(i));
            }
        }
        method.temporaries.end();
        boolean changed = method.isChanged() || isHeldAtEntry || node.name.equals("<init>") && world.isCounted(owner);
        if (changed) {
            unmade.renew();
            ends.close(isHeldAtEntry, handlersOfHolders);
        }
        operations = new Operations(copies, Operations.taken(node.instructions));
        return changed;
    }

    /** What there was to count, once it is rewritten. */
    Operations operations() {
        return operations;
    }

    /** The handlers of exceptions that may hold something. */
    private Set<LabelNode> handlersOfHolders() {
        Set<LabelNode> handlers = new HashSet<>();
        for (TryCatchBlockNode block : node.tryCatchBlocks) {
            Frame<Held> frame = analysis.before(node.instructions.indexOf(block.handler));
            if (frame != null && frame.getStack(0).isOwn()) {
                handlers.add(block.handler);
            }
        }
        return handlers;
    }

    private void rewrite(int i, AbstractInsnNode instruction, Frame<Held> frame) {
        int top = frame.getStackSize() - 1;
        switch (instruction.getOpcode()) {
            case Opcodes.ALOAD -> load(i, (VarInsnNode) instruction);
            case Opcodes.ASTORE -> store((VarInsnNode) instruction, frame, top);
            case Opcodes.GETFIELD, Opcodes.GETSTATIC -> fields.load(i, (FieldInsnNode) instruction, frame);
            case Opcodes.PUTFIELD, Opcodes.PUTSTATIC -> fields.store(i, (FieldInsnNode) instruction, frame);
            case Opcodes.AALOAD -> arrays.load(i, instruction, frame);
            case Opcodes.AASTORE -> arrays.store(i, instruction, frame);
            case Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY -> arrays.make(i, instruction);
            case Opcodes.DUP,
                    Opcodes.DUP_X1,
                    Opcodes.DUP_X2,
                    Opcodes.DUP2,
                    Opcodes.DUP2_X1,
                    Opcodes.DUP2_X2,
                    Opcodes.SWAP -> shuffle(instruction, frame);
            case Opcodes.INVOKEVIRTUAL, Opcodes.INVOKEINTERFACE, Opcodes.INVOKESTATIC, Opcodes.INVOKESPECIAL ->
                calls.rewrite(i, (MethodInsnNode) instruction, frame, analysis.before(i + 1));
            case Opcodes.INVOKEDYNAMIC -> calls.rewrite(i, (InvokeDynamicInsnNode) instruction, frame);
            case Opcodes.ARETURN, Opcodes.RETURN, Opcodes.IRETURN, Opcodes.LRETURN, Opcodes.FRETURN, Opcodes.DRETURN ->
                leaves.leave(i, instruction, frame, top);
            case Opcodes.ATHROW -> leaves.raise(instruction, frame.getStack(top), top);
            case Opcodes.POP2 -> {
                method.dropOwn(i, instruction, frame, frame.getStack(top).size() == 2 ? top : top - 1, top + 1, true);
            }
            case Opcodes.POP, Opcodes.INSTANCEOF, Opcodes.ARRAYLENGTH, Opcodes.MONITORENTER, Opcodes.MONITOREXIT ->
                method.dropOwn(i, instruction, frame, top, top + 1, true);
            case Opcodes.IFNULL, Opcodes.IFNONNULL -> method.dropOwn(i, instruction, frame, top, top + 1, false);
            case Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE -> method.dropOwn(i, instruction, frame, top - 1, top + 1, false);
            default -> {
                // No other instruction takes a reference from the stack, but loads and stores of numbers in arrays.
                if (takesArrayOfNumbers(instruction.getOpcode())) {
                    method.dropOwn(i, instruction, frame, arrayDepth(instruction.getOpcode(), top), top + 1, true);
                }
            }
        }
    }

    private static boolean takesArrayOfNumbers(int opcode) {
        return opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD
                || opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE;
    }

    private static int arrayDepth(int opcode, int top) {
        return opcode <= Opcodes.SALOAD ? top - 1 : top - 2;
    }

    private void load(int i, VarInsnNode load) {
        Frame<Held> frame = analysis.before(i + 1);
        int depth = analysis.before(i).getStackSize();
        if (frame == null || !frame.getStack(depth).isOwn()) {
            return;
        }
        Held variable = analysis.before(i).getLocal(load.var);
        boolean isLast = variable.keeper() == Keeper.VARIABLE
                && !analysis.needs().before(i + 1).get(load.var);
        int shadow = method.emission.ofStack(depth);
        method.after(
                load,
                isLast ? Emission.move(method.emission.ofVariable(load.var), shadow) : Emission.retainTop(shadow));
    }

    private void store(VarInsnNode store, Frame<Held> frame, int top) {
        Held value = frame.getStack(top);
        if (!variables.get(store.var) || value.isOf(store.var)) {
            return;
        }
        int shadow = method.emission.ofVariable(store.var);
        InsnList list = Emission.list(Emission.load(shadow));
        if (value.isOwn()) {
            list.add(Emission.move(method.emission.ofStack(top), shadow));
        } else if (value.keeper() == Keeper.LOCAL && !analysis.isBorrowing(store, value)) {
            list.add(Emission.list(Emission.load(store.var), Emission.through("retain"), Emission.store(shadow)));
        } else {
            list.add(Emission.forget(shadow));
        }
        list.add(Emission.release());
        method.after(store, list);
    }

    private void shuffle(AbstractInsnNode instruction, Frame<Held> frame) {
        List<Integer> order = Shuffle.of(instruction.getOpcode(), frame);
        int from = order.stream().mapToInt(Integer::intValue).min().orElseThrow();
        if (order.stream().noneMatch(depth -> frame.getStack(depth).isOwn())) {
            return;
        }
        InsnList list = new InsnList();
        BitSet seen = new BitSet();
        for (int source : order) {
            list.add(
                    frame.getStack(source).isOwn()
                            ? Emission.load(method.emission.ofStack(source))
                            : Emission.op(Opcodes.ACONST_NULL));
            if (seen.get(source)) {
                list.add(Emission.through("retain"));
            }
            seen.set(source);
        }
        for (int place = from + order.size() - 1; place >= from; place--) {
            list.add(Emission.store(method.emission.ofStack(place)));
        }
        method.after(instruction, list);
    }
}
