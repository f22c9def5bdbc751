// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import dev.heldby.weave.counted.Shape.FieldShape;
import dev.heldby.weave.counted.Shape.Hold;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/** Loads and stores of fields: those of the program that count, and are not final, go through methods of their class. */
final class FieldRewriter {
    private final MethodCode method;

    FieldRewriter(MethodCode method) {
        this.method = method;
    }

    void load(int i, FieldInsnNode load, Frame<Held> frame) {
        boolean isStatic = load.getOpcode() == Opcodes.GETSTATIC;
        int depth = isStatic ? frame.getStackSize() : frame.getStackSize() - 1;
        boolean ownerOwn = !isStatic && frame.getStack(depth).isOwn();
        Frame<Held> next = method.analysis.before(i + 1);
        if (next == null || !next.getStack(depth).isOwn()) {
            if (ownerOwn) {
                method.after(load, method.temporaries.giveUp(i, depth));
            }
            return;
        }
        Shape declaring = method.world.fieldOwner(load.owner, load.name);
        FieldShape field = declaring == null ? null : declaring.fields().get(load.name);
        InsnList list = ownerOwn ? method.temporaries.giveUp(i, depth) : new InsnList();
        list.add(Emission.op(Opcodes.DUP));
        AbstractInsnNode loading = load;
        if (field == null || !declaring.isWoven()) {
            list.add(Emission.throughOutside("adopted"));
        } else if (field.hold() == Hold.UNCOUNTED || !method.world.mayHold(field.descriptor())) {
            list.add(Emission.through("hold"));
        } else if (field.isFinal() && field.hold() == Hold.COUNTED) {
            list.add(Emission.through("retain"));
        } else {
            loading = new MethodInsnNode(
                    Opcodes.INVOKESTATIC,
                    load.owner,
                    FieldAccess.getter(load.name),
                    FieldAccess.getterDescriptor(declaring.name(), field),
                    declaring.isInterface());
            method.replace(i, loading);
        }
        list.add(Emission.store(method.emission.ofStack(depth)));
        method.after(loading, list);
    }

    void store(int i, FieldInsnNode store, Frame<Held> frame) {
        boolean isStatic = store.getOpcode() == Opcodes.PUTSTATIC;
        int depth = frame.getStackSize() - 1;
        Held value = frame.getStack(depth);
        Held target = isStatic ? Held.NOTHING : frame.getStack(depth - 1);
        Shape declaring = method.world.fieldOwner(store.owner, store.name);
        FieldShape field = declaring == null ? null : declaring.fields().get(store.name);
        if (field == null || !declaring.isWoven()) {
            lend(store, value, depth);
        } else if (method.world.isCounted(field)) {
            method.own(store, value, depth);
            AbstractInsnNode storing = store;
            if (!field.isFinal() && !target.isUnmade()) {
                storing = new MethodInsnNode(
                        Opcodes.INVOKESTATIC,
                        store.owner,
                        FieldAccess.setter(store.name),
                        FieldAccess.setterDescriptor(declaring.name(), field),
                        declaring.isInterface());
                method.replace(i, storing);
            }
            InsnList list =
                    value.keeper() == Keeper.NONE ? new InsnList() : Emission.forget(method.emission.ofStack(depth));
            if (target.isOwn()) {
                list.add(method.temporaries.giveUp(i, depth - 1));
            }
            method.after(storing, list);
            return;
        }
        method.dropOwn(i, store, frame, isStatic ? depth : depth - 1, depth + 1, true);
    }

    private void lend(FieldInsnNode store, Held value, int depth) {
        if (value.keeper() != Keeper.NONE) {
            method.own(store, value, depth);
            method.before(
                    store,
                    Emission.list(
                            Emission.load(method.emission.ofStack(depth)),
                            Emission.constant(store.owner.replace('/', '.') + "." + store.name),
                            Emission.callOutside("lend", Emission.LEND)));
            if (!value.isOwn()) {
                method.after(store, Emission.drop(method.emission.ofStack(depth)));
            }
        }
    }
}
