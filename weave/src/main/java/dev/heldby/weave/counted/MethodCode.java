// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.analysis.Frame;

/** The code of one method while it is rewritten, and what is known of it. */
final class MethodCode {
    final World world;
    final HeldAnalysis analysis;
    final Emission emission;
    final Temporaries temporaries;
    private final InsnList code;
    private boolean changed;

    MethodCode(World world, HeldAnalysis analysis, Emission emission, InsnList code) {
        this.world = world;
        this.analysis = analysis;
        this.emission = emission;
        this.code = code;
        temporaries = new Temporaries(analysis, emission, code);
    }

    /** Whether anything was done. */
    boolean isChanged() {
        return changed;
    }

    void after(AbstractInsnNode instruction, InsnList list) {
        changed |= list.size() > 0;
        code.insert(instruction, list);
    }

    void before(AbstractInsnNode instruction, InsnList list) {
        changed |= list.size() > 0;
        code.insertBefore(instruction, list);
    }

    /** Puts a label before an instruction, behind all that is there. */
    void anchor(AbstractInsnNode instruction, LabelNode label) {
        code.insertBefore(instruction, label);
    }

    /** Puts another instruction in the place of the one with that number. */
    void replace(int i, AbstractInsnNode other) {
        changed = true;
        temporaries.replace(i, other);
    }

    /** Sees to it that the shadow of the topmost place holds a reference to the value there. */
    void own(AbstractInsnNode instruction, Held value, int depth) {
        if (value.keeper() == Keeper.LOCAL || value.keeper() == Keeper.CALLER) {
            before(instruction, Emission.retainTop(emission.ofStack(depth)));
        }
    }

    /** Gives up the references of the values in those places, just before or just after that instruction. */
    void dropOwn(int i, AbstractInsnNode instruction, Frame<Held> frame, int from, int to, boolean after) {
        InsnList list = new InsnList();
        for (int depth = from; depth < to; depth++) {
            if (frame.getStack(depth).isOwn()) {
                list.add(after ? temporaries.giveUp(i, depth) : Emission.drop(emission.ofStack(depth)));
            }
        }
        if (after) {
            after(instruction, list);
        } else {
            before(instruction, list);
        }
    }
}
