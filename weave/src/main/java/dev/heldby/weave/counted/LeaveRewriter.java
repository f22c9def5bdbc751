// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Where a method is left: a result is handed over, an exception too, and all else that it holds is given up, the temporaries
 * first, then the variables.
 */
final class LeaveRewriter {
    private final MethodCode method;
    private final BitSet variables;
    private final List<Integer> heldParameters;
    private final boolean returnsHeld;

    /**
     * @param variables the local variables that may hold a reference
     * @param heldParameters the parameters that are held as long as the method runs
     * @param returnsHeld whether the method's result may refer to something counted
     */
    LeaveRewriter(MethodCode method, BitSet variables, List<Integer> heldParameters, boolean returnsHeld) {
        this.method = method;
        this.variables = variables;
        this.heldParameters = heldParameters;
        this.returnsHeld = returnsHeld;
    }

    void leave(int i, AbstractInsnNode leave, Frame<Held> frame, int top) {
        InsnList list = new InsnList();
        boolean hands = leave.getOpcode() == Opcodes.ARETURN
                && returnsHeld
                && frame.getStack(top).keeper() != Keeper.NONE;
        int below = leave.getOpcode() == Opcodes.RETURN ? top + 1 : top;
        for (int depth = 0; depth < below; depth++) {
            if (frame.getStack(depth).isOwn()) {
                list.add(Emission.drop(method.emission.ofStack(depth)));
            }
        }
        if (hands) {
            ownResult(i, list, frame, top);
        } else if (below == top && frame.getStack(top).isOwn()) {
            list.add(Emission.drop(method.emission.ofStack(top)));
        }
        list.add(method.emission.dropVariables(method.analysis.neededBefore(i, variables)));
        heldParameters.forEach(local -> list.add(Emission.drop(method.emission.ofParameter(local))));
        if (hands) {
            list.add(Emission.load(method.emission.ofStack(top)));
            list.add(Emission.forget(method.emission.ofStack(top)));
            list.add(Emission.call("handOver", "(" + Emission.OBJECT + ")V"));
        }
        LabelNode start = new LabelNode();
        method.anchor(leave, start);
        method.temporaries.leave(leave, start);
        method.before(leave, list);
    }

    private void ownResult(int i, InsnList list, Frame<Held> frame, int top) {
        Held value = frame.getStack(top);
        if (value.isOwn()) {
            return;
        }
        boolean isVariables = value.isOf(value.local())
                && frame.getLocal(value.local()).keeper() == Keeper.VARIABLE
                && method.analysis.needs().before(i).get(value.local());
        list.add(
                isVariables
                        ? Emission.move(method.emission.ofVariable(value.local()), method.emission.ofStack(top))
                        : Emission.retainTop(method.emission.ofStack(top)));
    }

    void raise(AbstractInsnNode raise, Held exception, int top) {
        if (exception.keeper() == Keeper.NONE || !method.world.mayHoldClass(exception.type())) {
            return;
        }
        method.own(raise, exception, top);
        InsnList list = Emission.list(Emission.load(method.emission.ofStack(top)));
        list.add(Emission.forget(method.emission.ofStack(top)));
        list.add(Emission.call("thrown", "(" + Emission.OBJECT + ")V"));
        method.before(raise, list);
    }
}
