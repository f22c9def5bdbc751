// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** Arrays: new ones, and the loads and stores of their elements. */
final class ArrayRewriter {
    private final MethodCode method;

    ArrayRewriter(MethodCode method) {
        this.method = method;
    }

    void load(int i, AbstractInsnNode load, Frame<Held> frame) {
        int depth = frame.getStackSize() - 2;
        Held array = frame.getStack(depth);
        Frame<Held> next = method.analysis.before(i + 1);
        if (next == null || !next.getStack(depth).isOwn()) {
            method.dropOwn(i, load, frame, depth, depth + 1, true);
            return;
        }
        InsnList list = array.isOwn() ? method.temporaries.giveUp(i, depth) : new InsnList();
        AbstractInsnNode loading = load;
        if (array.type().startsWith("[")) {
            loading = Emission.call("element", "([" + Emission.OBJECT + "I)" + Emission.OBJECT);
            method.replace(i, loading);
            list.add(new TypeInsnNode(
                    Opcodes.CHECKCAST, Type.getType(array.type().substring(1)).getInternalName()));
            list.add(Emission.op(Opcodes.DUP));
        } else {
            list.add(Emission.op(Opcodes.DUP));
            list.add(Emission.through("hold"));
        }
        list.add(Emission.store(method.emission.ofStack(depth)));
        method.after(loading, list);
    }

    void store(int i, AbstractInsnNode store, Frame<Held> frame) {
        int depth = frame.getStackSize() - 1;
        Held array = frame.getStack(depth - 2);
        Held value = frame.getStack(depth);
        if (array.type() == null || !method.world.mayHoldClass(array.type())) {
            method.dropOwn(i, store, frame, depth - 2, depth + 1, true);
            return;
        }
        method.own(store, value, depth);
        AbstractInsnNode storing = Emission.call("setElement", "([" + Emission.OBJECT + "I" + Emission.OBJECT + ")V");
        method.replace(i, storing);
        InsnList list =
                value.keeper() == Keeper.NONE ? new InsnList() : Emission.forget(method.emission.ofStack(depth));
        if (array.isOwn()) {
            list.add(method.temporaries.giveUp(i, depth - 2));
        }
        method.after(storing, list);
    }

    void make(int i, AbstractInsnNode creation) {
        Frame<Held> next = method.analysis.before(i + 1);
        int depth = next == null ? 0 : next.getStackSize() - 1;
        if (next != null && next.getStack(depth).isOwn()) {
            method.after(
                    creation,
                    Emission.list(
                            Emission.op(Opcodes.DUP),
                            Emission.op(Opcodes.DUP),
                            Emission.call("array", "(" + Emission.OBJECT + ")V"),
                            Emission.store(method.emission.ofStack(depth))));
        }
    }
}
