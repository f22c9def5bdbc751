// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.weave.rules.Operation;
import dev.heldby.weave.rules.Operation.Word;
import dev.heldby.weave.rules.RuleBook;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Of which of its operands a call may take references, or give them back, as far as the rules tell by names. What it really does shows
 * when it runs. Safe for threads.
 */
final class CountedCalls {
    private final RuleBook book;
    private final List<Operation> operations;

    CountedCalls(RuleBook book) {
        this.book = book;
        this.operations = book.countingOperations();
    }

    /** The number of the operand, where the receiver of a method that is not static is 0; -1 if the call gives nothing back. */
    int given(MethodInsnNode call) {
        return operand(call, Word.PUT);
    }

    /** The same of what is taken. */
    int taken(MethodInsnNode call) {
        return operand(call, Word.GET);
    }

    /** Whether the call is of a method that carries out what its callers decide. */
    boolean isPlumbing(MethodInsnNode call) {
        return book.isPlumbing(call.owner);
    }

    private int operand(MethodInsnNode call, Word word) {
        for (Operation operation : operations) {
            if (operation.word() == word) {
                int operand = operand(call, operation);
                if (operand >= 0) {
                    return operand;
                }
            }
        }
        return -1;
    }

    private int operand(MethodInsnNode call, Operation operation) {
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        int target = operation.target().argument();
        if (operation.method().matches(call.name, MethodScan.simpleNames(call.desc)) && target >= (isStatic ? 1 : 0)) {
            int operand = isStatic ? target - 1 : target;
            return operand < DefinitionFrame.operands(call) ? operand : -1;
        }
        return isStatic && isHelper(call, operation) ? firstObject(call) : -1;
    }

    private boolean isHelper(MethodInsnNode call, Operation operation) {
        String method = operation.method().name();
        return (call.name.equals(method) || ReleaseCalls.isNamedAfter(method, call.name)) && isPlumbing(call);
    }

    private static int firstObject(MethodInsnNode call) {
        Type[] arguments = Type.getArgumentTypes(call.desc);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].getSort() == Type.OBJECT) {
                return i;
            }
        }
        return -1;
    }
}
