// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import dev.heldby.weave.counted.Shape.FieldShape;
import dev.heldby.weave.counted.Shape.Hold;
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
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** Makes one method count: what each instruction does to references is done to the shadows as well. */
final class MethodRewriter {
    private final World world;
    private final String owner;
    private final MethodNode method;
    private final HeldAnalysis analysis;
    private final Emission emission;
    private final BitSet variables;
    private final InsnList code;
    private final CallRewriter calls;
    private final Temporaries temporaries;
    private final MethodEnds ends;
    private final boolean isHeldAtEntry;
    private boolean changed;

    /** @param isHandle whether the code has a method handle of the method, by which others may call it */
    MethodRewriter(World world, String owner, MethodNode method, boolean isHandle) throws AnalyzerException {
        this.world = world;
        this.owner = owner;
        this.method = method;
        analysis = new HeldAnalysis(world, owner, method);
        emission = new Emission(method.maxLocals, method.maxStack);
        variables = analysis.holdingVariables();
        code = method.instructions;
        temporaries = new Temporaries(analysis, emission, code);
        calls = new CallRewriter(world, owner, method, emission, temporaries);
        ends = new MethodEnds(world, owner, method, emission);
        isHeldAtEntry = MethodEnds.isHeldAtEntry(world, owner, method, isHandle);
    }

    /** Whether there was anything to count. */
    boolean rewrite() {
        Set<LabelNode> handlersOfHolders = handlersOfHolders();
        AbstractInsnNode[] all = code.toArray();
        UnmadeLabels unmade = new UnmadeLabels(code);
        ends.addDrops(analysis, analysis.dropped(variables), temporaries);
        for (int i = 0; i < all.length; i++) {
            if (analysis.before(i) != null && all[i].getOpcode() >= 0) {
                rewrite(i, all[i], analysis.before(i));
            }
        }
        temporaries.end();
        changed |= isHeldAtEntry || method.name.equals("<init>") && world.isCounted(owner);
        if (changed) {
            unmade.renew();
            ends.close(isHeldAtEntry, handlersOfHolders);
        }
        return changed;
    }

    /** The handlers of exceptions that may hold something. */
    private Set<LabelNode> handlersOfHolders() {
        Set<LabelNode> handlers = new HashSet<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            Frame<Held> frame = analysis.before(code.indexOf(block.handler));
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
            case Opcodes.GETFIELD, Opcodes.GETSTATIC -> loadField(i, (FieldInsnNode) instruction, frame);
            case Opcodes.PUTFIELD, Opcodes.PUTSTATIC -> storeField(i, (FieldInsnNode) instruction, frame);
            case Opcodes.AALOAD -> loadElement(i, instruction, frame);
            case Opcodes.AASTORE -> storeElement(i, instruction, frame);
            case Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY -> newArray(i, instruction);
            case Opcodes.DUP,
                    Opcodes.DUP_X1,
                    Opcodes.DUP_X2,
                    Opcodes.DUP2,
                    Opcodes.DUP2_X1,
                    Opcodes.DUP2_X2,
                    Opcodes.SWAP -> shuffle(instruction, frame);
            case Opcodes.INVOKEVIRTUAL, Opcodes.INVOKEINTERFACE, Opcodes.INVOKESTATIC, Opcodes.INVOKESPECIAL ->
                changed |= calls.rewrite(i, (MethodInsnNode) instruction, frame, analysis.before(i + 1));
            case Opcodes.INVOKEDYNAMIC -> changed |= calls.rewrite(i, (InvokeDynamicInsnNode) instruction, frame);
            case Opcodes.ARETURN, Opcodes.RETURN, Opcodes.IRETURN, Opcodes.LRETURN, Opcodes.FRETURN, Opcodes.DRETURN ->
                leave(i, instruction, frame, top);
            case Opcodes.ATHROW -> raise(instruction, frame.getStack(top), top);
            case Opcodes.POP2 -> {
                dropOwn(i, instruction, frame, frame.getStack(top).size() == 2 ? top : top - 1, top + 1, true);
            }
            case Opcodes.POP, Opcodes.INSTANCEOF, Opcodes.ARRAYLENGTH, Opcodes.MONITORENTER, Opcodes.MONITOREXIT ->
                dropOwn(i, instruction, frame, top, top + 1, true);
            case Opcodes.IFNULL, Opcodes.IFNONNULL -> dropOwn(i, instruction, frame, top, top + 1, false);
            case Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE -> dropOwn(i, instruction, frame, top - 1, top + 1, false);
            default -> {
                // No other instruction takes a reference from the stack, but loads and stores of numbers in arrays.
                if (takesArrayOfNumbers(instruction.getOpcode())) {
                    dropOwn(i, instruction, frame, arrayDepth(instruction.getOpcode(), top), top + 1, true);
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

    private void after(AbstractInsnNode instruction, InsnList list) {
        changed = true;
        code.insert(instruction, list);
    }

    private void before(AbstractInsnNode instruction, InsnList list) {
        changed = true;
        code.insertBefore(instruction, list);
    }

    /** Gives up the references of the values in those places, just before or just after that instruction. */
    private void dropOwn(int i, AbstractInsnNode instruction, Frame<Held> frame, int from, int to, boolean after) {
        InsnList list = new InsnList();
        for (int depth = from; depth < to; depth++) {
            if (frame.getStack(depth).isOwn()) {
                list.add(after ? temporaries.giveUp(i, depth) : Emission.drop(emission.ofStack(depth)));
            }
        }
        if (list.size() > 0 && after) {
            after(instruction, list);
        } else if (list.size() > 0) {
            before(instruction, list);
        }
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
        int shadow = emission.ofStack(depth);
        after(load, isLast ? Emission.move(emission.ofVariable(load.var), shadow) : Emission.retainTop(shadow));
    }

    private void store(VarInsnNode store, Frame<Held> frame, int top) {
        Held value = frame.getStack(top);
        if (!variables.get(store.var) || value.keeper() == Keeper.LOCAL && value.local() == store.var) {
            return;
        }
        int shadow = emission.ofVariable(store.var);
        InsnList list = Emission.list(Emission.load(shadow));
        switch (value.keeper()) {
            case OWN -> list.add(Emission.move(emission.ofStack(top), shadow));
            case LOCAL -> {
                list.add(Emission.load(store.var));
                list.add(Emission.through("retain"));
                list.add(Emission.store(shadow));
            }
            default -> list.add(Emission.forget(shadow));
        }
        list.add(Emission.release());
        after(store, list);
    }

    private void loadField(int i, FieldInsnNode load, Frame<Held> frame) {
        boolean isStatic = load.getOpcode() == Opcodes.GETSTATIC;
        int depth = isStatic ? frame.getStackSize() : frame.getStackSize() - 1;
        boolean ownerOwn = !isStatic && frame.getStack(depth).isOwn();
        Frame<Held> next = analysis.before(i + 1);
        if (next == null || !next.getStack(depth).isOwn()) {
            if (ownerOwn) {
                after(load, temporaries.giveUp(i, depth));
            }
            return;
        }
        Shape declaring = world.fieldOwner(load.owner, load.name);
        FieldShape field = declaring == null ? null : declaring.fields().get(load.name);
        InsnList list = ownerOwn ? temporaries.giveUp(i, depth) : new InsnList();
        list.add(Emission.op(Opcodes.DUP));
        AbstractInsnNode loading = load;
        if (field == null || !declaring.isWoven() || field.hold() == Hold.UNCOUNTED) {
            list.add(Emission.through(field != null && field.hold() == Hold.UNCOUNTED ? "hold" : "adopted"));
        } else if (field.isFinal() && field.hold() == Hold.COUNTED) {
            list.add(Emission.through("retain"));
        } else {
            loading = new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    load.owner,
                    FieldAccess.getter(load.name),
                    FieldAccess.getterDescriptor(declaring.name(), field),
                    declaring.isInterface());
            temporaries.replace(i, loading);
        }
        list.add(
                ownerOwn
                        ? Emission.replace(emission.ofStack(depth))
                        : Emission.list(Emission.store(emission.ofStack(depth))));
        after(loading, list);
    }

    private void storeField(int i, FieldInsnNode store, Frame<Held> frame) {
        boolean isStatic = store.getOpcode() == Opcodes.PUTSTATIC;
        int depth = frame.getStackSize() - 1;
        Held value = frame.getStack(depth);
        Held target = isStatic ? Held.NOTHING : frame.getStack(depth - 1);
        Shape declaring = world.fieldOwner(store.owner, store.name);
        FieldShape field = declaring == null ? null : declaring.fields().get(store.name);
        if (field == null || !declaring.isWoven()) {
            lendToField(store, value, depth);
        } else if (world.isCounted(field)) {
            own(store, value, depth);
            AbstractInsnNode storing = store;
            if (!field.isFinal() && !target.isUnmade()) {
                storing = new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        store.owner,
                        FieldAccess.setter(store.name),
                        FieldAccess.setterDescriptor(declaring.name(), field),
                        declaring.isInterface());
                temporaries.replace(i, storing);
            }
            InsnList list = value.keeper() == Keeper.NONE ? new InsnList() : Emission.forget(emission.ofStack(depth));
            if (target.isOwn()) {
                list.add(temporaries.giveUp(i, depth - 1));
            }
            after(storing, list);
            return;
        }
        dropOwn(i, store, frame, isStatic ? depth : depth - 1, depth + 1, true);
    }

    private void lendToField(FieldInsnNode store, Held value, int depth) {
        if (value.keeper() != Keeper.NONE) {
            own(store, value, depth);
            before(
                    store,
                    Emission.list(
                            Emission.load(emission.ofStack(depth)),
                            Emission.op(Opcodes.ACONST_NULL),
                            Emission.constant(store.owner.replace('/', '.') + "." + store.name),
                            Emission.call("lend", "(" + Emission.OBJECT + Emission.OBJECT + "Ljava/lang/String;)V")));
            if (!value.isOwn()) {
                after(store, Emission.drop(emission.ofStack(depth)));
            }
        }
    }

    /** Sees to it that the shadow of the topmost place holds a reference to the value there. */
    private void own(AbstractInsnNode instruction, Held value, int depth) {
        if (value.keeper() == Keeper.LOCAL || value.keeper() == Keeper.CALLER) {
            before(instruction, Emission.retainTop(emission.ofStack(depth)));
        }
    }

    private void loadElement(int i, AbstractInsnNode load, Frame<Held> frame) {
        int depth = frame.getStackSize() - 2;
        Held array = frame.getStack(depth);
        Frame<Held> next = analysis.before(i + 1);
        if (next == null || !next.getStack(depth).isOwn()) {
            dropOwn(i, load, frame, depth, depth + 1, true);
            return;
        }
        InsnList list = array.isOwn() ? temporaries.giveUp(i, depth) : new InsnList();
        AbstractInsnNode loading = load;
        if (array.type().startsWith("[")) {
            loading = Emission.call("element", "([" + Emission.OBJECT + "I)" + Emission.OBJECT);
            temporaries.replace(i, loading);
            list.add(new TypeInsnNode(
                    Opcodes.CHECKCAST, Type.getType(array.type().substring(1)).getInternalName()));
            list.add(Emission.op(Opcodes.DUP));
        } else {
            list.add(Emission.op(Opcodes.DUP));
            list.add(Emission.through("hold"));
        }
        list.add(
                array.isOwn()
                        ? Emission.replace(emission.ofStack(depth))
                        : Emission.list(Emission.store(emission.ofStack(depth))));
        after(loading, list);
    }

    private void storeElement(int i, AbstractInsnNode store, Frame<Held> frame) {
        int depth = frame.getStackSize() - 1;
        Held array = frame.getStack(depth - 2);
        Held value = frame.getStack(depth);
        if (array.type() == null || !world.mayHoldClass(array.type())) {
            dropOwn(i, store, frame, depth - 2, depth + 1, true);
            return;
        }
        own(store, value, depth);
        AbstractInsnNode storing = Emission.call("setElement", "([" + Emission.OBJECT + "I" + Emission.OBJECT + ")V");
        temporaries.replace(i, storing);
        InsnList list = value.keeper() == Keeper.NONE ? new InsnList() : Emission.forget(emission.ofStack(depth));
        if (array.isOwn()) {
            list.add(temporaries.giveUp(i, depth - 2));
        }
        after(storing, list);
    }

    private void newArray(int i, AbstractInsnNode creation) {
        Frame<Held> next = analysis.before(i + 1);
        int depth = next == null ? 0 : next.getStackSize() - 1;
        if (next != null && next.getStack(depth).isOwn()) {
            after(
                    creation,
                    Emission.list(
                            Emission.op(Opcodes.DUP),
                            Emission.op(Opcodes.DUP),
                            Emission.call("array", "(" + Emission.OBJECT + ")V"),
                            Emission.store(emission.ofStack(depth))));
        }
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
                            ? Emission.load(emission.ofStack(source))
                            : Emission.op(Opcodes.ACONST_NULL));
            if (seen.get(source)) {
                list.add(Emission.through("retain"));
            }
            seen.set(source);
        }
        for (int place = from + order.size() - 1; place >= from; place--) {
            list.add(Emission.store(emission.ofStack(place)));
        }
        after(instruction, list);
    }

    private void leave(int i, AbstractInsnNode leave, Frame<Held> frame, int top) {
        InsnList list = new InsnList();
        boolean hands = leave.getOpcode() == Opcodes.ARETURN
                && world.mayHold(Type.getReturnType(method.desc))
                && frame.getStack(top).keeper() != Keeper.NONE;
        int below = leave.getOpcode() == Opcodes.RETURN ? top + 1 : top;
        for (int depth = 0; depth < below; depth++) {
            if (frame.getStack(depth).isOwn()) {
                list.add(Emission.drop(emission.ofStack(depth)));
            }
        }
        if (hands) {
            ownResult(i, list, frame, top);
        } else if (below == top && frame.getStack(top).isOwn()) {
            list.add(Emission.drop(emission.ofStack(top)));
        }
        list.add(emission.dropVariables(analysis.neededBefore(i, variables)));
        if (isHeldAtEntry) {
            MethodEnds.heldParameters(world, owner, method)
                    .forEach(local -> list.add(Emission.drop(emission.ofParameter(local))));
        }
        if (hands) {
            list.add(Emission.load(emission.ofStack(top)));
            list.add(Emission.forget(emission.ofStack(top)));
            list.add(Emission.call("handOver", "(" + Emission.OBJECT + ")V"));
        }
        LabelNode start = new LabelNode();
        code.insertBefore(leave, start);
        temporaries.leave(leave, start);
        if (list.size() > 0) {
            before(leave, list);
        }
    }

    private void ownResult(int i, InsnList list, Frame<Held> frame, int top) {
        Held value = frame.getStack(top);
        if (value.isOwn()) {
            return;
        }
        boolean isVariables = value.keeper() == Keeper.LOCAL
                && frame.getLocal(value.local()).keeper() == Keeper.VARIABLE
                && analysis.needs().before(i).get(value.local());
        list.add(
                isVariables
                        ? Emission.move(emission.ofVariable(value.local()), emission.ofStack(top))
                        : Emission.retainTop(emission.ofStack(top)));
    }

    private void raise(AbstractInsnNode raise, Held exception, int top) {
        if (exception.keeper() == Keeper.NONE || !world.mayHoldClass(exception.type())) {
            return;
        }
        own(raise, exception, top);
        InsnList list = Emission.list(Emission.load(emission.ofStack(top)));
        list.add(Emission.forget(emission.ofStack(top)));
        list.add(Emission.call("thrown", "(" + Emission.OBJECT + ")V"));
        before(raise, list);
    }
}
