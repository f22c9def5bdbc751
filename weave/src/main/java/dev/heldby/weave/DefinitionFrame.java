// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;

/** The definitions in a method's variables, and on its stack, before an instruction. */
final class DefinitionFrame extends Frame<BasicValue> {
    private final CountedCalls calls;

    DefinitionFrame(int variables, int stack, CountedCalls calls) {
        super(variables, stack);
        this.calls = calls;
    }

    DefinitionFrame(DefinitionFrame other) {
        super(other);
        this.calls = other.calls;
    }

    /** What an instruction made in an earlier round of a loop is not what it makes now. */
    @Override
    public void execute(AbstractInsnNode instruction, Interpreter<BasicValue> interpreter) throws AnalyzerException {
        Definition same = sameAfter(instruction);
        forget(instruction);
        super.execute(instruction, interpreter);
        if (same != null) {
            pop();
            push(same);
        }
    }

    private void forget(AbstractInsnNode maker) {
        for (int i = 0; i < getLocals(); i++) {
            if (getLocal(i) instanceof Definition known && known.isMadeBy(maker)) {
                setLocal(i, BasicValue.UNINITIALIZED_VALUE);
            }
        }
        for (int i = 0; i < getStackSize(); i++) {
            if (getStack(i) instanceof Definition known && known.isMadeBy(maker)) {
                setStack(i, BasicValue.UNINITIALIZED_VALUE);
            }
        }
    }

    /** The definition in that operand of the call, where the receiver of a method that is not static is number 0; null if there is none. */
    Definition operand(MethodInsnNode call, int number) {
        int first = getStackSize() - operands(call);
        return number >= 0 && getStack(first + number) instanceof Definition definition ? definition : null;
    }

    static int operands(MethodInsnNode call) {
        return Type.getArgumentTypes(call.desc).length + (call.getOpcode() == Opcodes.INVOKESTATIC ? 0 : 1);
    }

    /** The definition that the call is made through: the one whose references it counts, else its receiver; null if there is none. */
    Definition subject(MethodInsnNode call) {
        int counted = Math.max(calls.given(call), calls.taken(call));
        boolean hasReceiver = call.getOpcode() != Opcodes.INVOKESTATIC && !call.name.equals("<init>");
        return operand(call, counted < 0 && hasReceiver ? 0 : counted);
    }

    /**
     * Whether what the call takes goes to its result, which gets a variable of its own: {@code other = buffer.retain()}. The result
     * is of the receiver's type then, or a get's.
     */
    boolean takesForItsResult(MethodInsnNode call) {
        VarInsnNode store = storeAfter(call);
        return isAlike(call) && store != null && !getLocal(store.var).equals(subject(call));
    }

    /**
     * The definition that is also the instruction's result: a get's that goes to no variable, and one of the same type that goes to the
     * same variable. Null if there is none.
     */
    private Definition sameAfter(AbstractInsnNode instruction) {
        if (!(instruction instanceof MethodInsnNode call) || !isAlike(call) || takesForItsResult(call)) {
            return null;
        }
        return calls.taken(call) >= 0 || storeAfter(call) != null ? subject(call) : null;
    }

    private boolean isAlike(MethodInsnNode call) {
        Type result = Type.getReturnType(call.desc);
        return result.getSort() == Type.OBJECT
                && (calls.taken(call) >= 0 || result.getInternalName().equals(call.owner));
    }

    private static VarInsnNode storeAfter(AbstractInsnNode call) {
        AbstractInsnNode next = call.getNext();
        while (next != null && (next.getOpcode() < 0 || next.getOpcode() == Opcodes.CHECKCAST)) {
            next = next.getNext();
        }
        return next instanceof VarInsnNode store && store.getOpcode() == Opcodes.ASTORE ? store : null;
    }
}
