// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;

/** A frame that knows that an object is made once its constructor has returned. */
final class HeldFrame extends Frame<Held> {
    HeldFrame(int locals, int stack) {
        super(locals, stack);
    }

    HeldFrame(Frame<? extends Held> frame) {
        super(frame);
    }

    @Override
    public void execute(AbstractInsnNode instruction, Interpreter<Held> interpreter) throws AnalyzerException {
        Held made = constructed(instruction, this);
        List<Held> arguments = made == null ? List.of() : arguments((MethodInsnNode) instruction);
        super.execute(instruction, interpreter);
        if (made != null) {
            make(made, ((HeldInterpreter) interpreter).made(made).from(instruction, arguments));
        }
    }

    /** The object whose constructor that instruction calls, or null. */
    static Held constructed(AbstractInsnNode instruction, Frame<Held> before) {
        if (instruction.getOpcode() != Opcodes.INVOKESPECIAL || !((MethodInsnNode) instruction).name.equals("<init>")) {
            return null;
        }
        int arguments = Type.getArgumentTypes(((MethodInsnNode) instruction).desc).length;
        Held receiver = before.getStack(before.getStackSize() - arguments - 1);
        return receiver.isUnmade() ? receiver : null;
    }

    private List<Held> arguments(MethodInsnNode call) {
        List<Held> arguments = new ArrayList<>();
        for (int i = Type.getArgumentTypes(call.desc).length; i > 0; i--) {
            arguments.add(getStack(getStackSize() - i));
        }
        return arguments;
    }

    private void make(Held unmade, Held made) {
        for (int i = 0; i < getLocals(); i++) {
            if (getLocal(i).equals(unmade)) {
                setLocal(i, new Held(1, made.type(), Keeper.CALLER, -1, Set.of()));
            }
        }
        for (int i = 0; i < getStackSize(); i++) {
            if (getStack(i).equals(unmade)) {
                setStack(i, made);
            }
        }
    }
}
