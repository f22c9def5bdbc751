// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;

/**
 * Follows the definitions of one method through its variables, copies and casts. Where ways with different ones meet there is none; with
 * null it stays the same, since nothing can be called through that. Each reading of a field or of an array makes a new one.
 */
final class Definitions extends BasicInterpreter {
    private static final BasicValue NULL = new BasicValue(Type.getObjectType("null"));

    private final Map<AbstractInsnNode, Definition> made = new IdentityHashMap<>();

    Definitions() {
        super(Opcodes.ASM9);
    }

    /** The receiver is none: an object's own code is not one of its holders. */
    @Override
    public BasicValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
        boolean isReceiver = isInstanceMethod && local == 0;
        return type.getSort() == Type.OBJECT && !isReceiver
                ? new Definition(null)
                : super.newParameterValue(isInstanceMethod, local, type);
    }

    @Override
    public BasicValue newOperation(AbstractInsnNode instruction) throws AnalyzerException {
        return switch (instruction.getOpcode()) {
            case Opcodes.ACONST_NULL -> NULL;
            case Opcodes.NEW -> madeBy(instruction);
            case Opcodes.GETSTATIC -> field(instruction, super.newOperation(instruction));
            default -> super.newOperation(instruction);
        };
    }

    @Override
    public BasicValue unaryOperation(AbstractInsnNode instruction, BasicValue value) throws AnalyzerException {
        return switch (instruction.getOpcode()) {
            case Opcodes.CHECKCAST -> value;
            case Opcodes.GETFIELD -> field(instruction, super.unaryOperation(instruction, value));
            default -> super.unaryOperation(instruction, value);
        };
    }

    @Override
    public BasicValue binaryOperation(AbstractInsnNode instruction, BasicValue first, BasicValue second)
            throws AnalyzerException {
        return instruction.getOpcode() == Opcodes.AALOAD
                ? madeBy(instruction)
                : super.binaryOperation(instruction, first, second);
    }

    @Override
    public BasicValue naryOperation(AbstractInsnNode instruction, List<? extends BasicValue> values)
            throws AnalyzerException {
        return instruction instanceof MethodInsnNode call
                        && Type.getReturnType(call.desc).getSort() == Type.OBJECT
                ? madeBy(instruction)
                : super.naryOperation(instruction, values);
    }

    private BasicValue field(AbstractInsnNode instruction, BasicValue read) {
        boolean isObject = Type.getType(((FieldInsnNode) instruction).desc).getSort() == Type.OBJECT;
        return isObject ? madeBy(instruction) : read;
    }

    private Definition madeBy(AbstractInsnNode instruction) {
        return made.computeIfAbsent(instruction, Definition::new);
    }

    @Override
    public BasicValue merge(BasicValue first, BasicValue second) {
        if (NULL.equals(first) && second instanceof Definition || first.equals(second)) {
            return second;
        }
        return NULL.equals(second) && first instanceof Definition ? first : super.merge(first, second);
    }
}
