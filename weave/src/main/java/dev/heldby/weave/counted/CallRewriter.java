// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Calls: the caller holds what it passes until the call has returned, and takes over the reference to what is returned.
 * What is passed to code that is not woven is lent to it, unless that is known to keep nothing.
 */
final class CallRewriter {
    private final MethodCode method;
    private final World world;
    private final Emission emission;
    private final String owner;
    private final MethodNode node;

    CallRewriter(MethodCode method, String owner, MethodNode node) {
        this.method = method;
        this.owner = owner;
        this.node = node;
        world = method.world;
        emission = method.emission;
    }

    void rewrite(int i, MethodInsnNode call, Frame<Held> frame, Frame<Held> next) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        boolean hasReceiver = call.getOpcode() != Opcodes.INVOKESTATIC;
        int first = frame.getStackSize() - arguments.length - (hasReceiver ? 1 : 0);
        Held made = HeldFrame.constructed(call, frame);
        InsnList before = new InsnList();
        InsnList after = new InsnList();
        Shape declaring = call.owner.startsWith("[") ? null : world.methodOwner(call.owner, call.name, call.desc);
        boolean isWoven = declaring != null && declaring.isWoven();
        boolean isArrayCopy = call.owner.equals("java/lang/System") && call.name.equals("arraycopy");
        OutsideCall outside = isWoven
                ? null
                : new OutsideCall(
                        world, emission, call, frame, first, declaring == null ? call.owner : declaring.name());
        if (outside != null) {
            before.add(outside.before());
        }
        boolean results = next != null
                && Type.getReturnType(call.desc).getSort() != Type.VOID
                && next.getStack(first).isOwn();
        if (results) {
            after.add(receive(call, declaring, outside));
        }
        if (outside != null) {
            after.add(outside.look());
        }
        release(i, after, frame, first);
        if (results) {
            after.add(Emission.store(emission.ofStack(first)));
        }
        if (made != null && !made.sources().isEmpty() && next != null && world.mayHoldClass(made.type())) {
            after.add(made(call, made, frame, first));
        }
        AbstractInsnNode calling = call;
        boolean isReplaced = isArrayCopy && movesReferences(frame, first);
        if (isReplaced) {
            calling = Emission.call("arraycopy", call.desc);
            method.replace(i, calling);
        }
        method.before(calling, before);
        method.after(calling, after);
    }

    /** Leaves a second copy of the result on the stack, with a reference. */
    private static InsnList receive(MethodInsnNode call, Shape declaring, OutsideCall outside) {
        if (declaring != null && declaring.owned().contains(call.name + call.desc)) {
            return Emission.list(Emission.op(Opcodes.DUP), Emission.throughOutside("owned"));
        }
        return outside == null
                ? Emission.list(Emission.op(Opcodes.DUP), Emission.through("received"))
                : outside.receive();
    }

    private boolean movesReferences(Frame<Held> frame, int first) {
        return mayBeReferences(frame.getStack(first)) && mayBeReferences(frame.getStack(first + 2));
    }

    private boolean mayBeReferences(Held array) {
        return array.type() != null && world.mayHoldClass(array.type());
    }

    private void release(int i, InsnList after, Frame<Held> frame, int first) {
        for (int depth = first; depth < frame.getStackSize(); depth++) {
            if (frame.getStack(depth).isOwn()) {
                after.add(method.temporaries.giveUp(i, depth));
            }
        }
    }

    /** A new object belongs to the expression that made it: to its first place on the stack, and to the others as well. */
    private InsnList made(MethodInsnNode call, Held made, Frame<Held> frame, int first) {
        InsnList list = new InsnList();
        List<Integer> places = new ArrayList<>();
        for (int depth = 0; depth < first; depth++) {
            if (frame.getStack(depth).equals(made)) {
                places.add(depth);
            }
        }
        if (places.isEmpty() || places.get(places.size() - 1) != first - 1) {
            throw new CannotWeave(call.owner + " is made in a way that no known compiler writes");
        }
        int top = emission.ofStack(first - 1);
        list.add(Emission.op(Opcodes.DUP));
        list.add(Emission.store(top));
        if (world.isCounted(made.type())) {
            list.add(Emission.load(top));
            list.add(Emission.constant(place(call)));
            list.add(Emission.call("made", "(" + Emission.OBJECT + "Ljava/lang/String;)V"));
        }
        if (world.isContainer(made.type())) {
            list.add(Emission.load(top));
            list.add(Emission.callOutside("container", "(" + Emission.OBJECT + ")V"));
        }
        for (int depth : places.subList(0, places.size() - 1)) {
            list.add(Emission.load(top));
            list.add(Emission.through("retain"));
            list.add(Emission.store(emission.ofStack(depth)));
        }
        return list;
    }

    private String place(AbstractInsnNode instruction) {
        AbstractInsnNode at = instruction;
        while (at != null && !(at instanceof LineNumberNode)) {
            at = at.getPrevious();
        }
        String line = at == null ? "" : ":" + ((LineNumberNode) at).line;
        return owner.replace('/', '.') + "." + node.name + line;
    }

    void rewrite(int i, InvokeDynamicInsnNode dynamic, Frame<Held> frame) {
        Type[] arguments = Type.getArgumentTypes(dynamic.desc);
        int first = frame.getStackSize() - arguments.length;
        InsnList before = new InsnList();
        InsnList after = new InsnList();
        boolean captures = FunctionObject.captures(world, dynamic);
        if (captures) {
            for (int k = arguments.length - 1; k >= 0; k--) {
                before.add(Emission.storeOf(arguments[k], emission.scratch(k)));
            }
            for (int k = 0; k < arguments.length; k++) {
                before.add(Emission.loadOf(arguments[k], emission.scratch(k)));
            }
            after.add(captured(arguments));
        }
        release(i, after, frame, first);
        if (captures) {
            after.add(Emission.list(Emission.op(Opcodes.DUP), Emission.store(emission.ofStack(first))));
        }
        method.before(dynamic, before);
        method.after(dynamic, after);
    }

    private InsnList captured(Type[] arguments) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (world.mayHold(arguments[i])) {
                values.add(i);
            }
        }
        InsnList list = Emission.list(
                Emission.op(Opcodes.DUP),
                new IntInsnNode(Opcodes.SIPUSH, values.size()),
                new TypeInsnNode(Opcodes.ANEWARRAY, "java/lang/Object"));
        for (int i = 0; i < values.size(); i++) {
            list.add(Emission.op(Opcodes.DUP));
            list.add(new IntInsnNode(Opcodes.SIPUSH, i));
            list.add(Emission.load(emission.scratch(values.get(i))));
            list.add(Emission.op(Opcodes.AASTORE));
        }
        list.add(Emission.call("captured", "(" + Emission.OBJECT + "[" + Emission.OBJECT + ")V"));
        return list;
    }
}
