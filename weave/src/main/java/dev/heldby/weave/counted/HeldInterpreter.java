// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import dev.heldby.weave.counted.Shape.FieldShape;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;

/** Finds who holds each value of a method. */
final class HeldInterpreter extends Interpreter<Held> {
    private final World world;
    private final boolean isConstructor;
    private final Set<AbstractInsnNode> mustOwn;
    private final Meeting meeting;

    HeldInterpreter(World world, boolean isConstructor, Set<AbstractInsnNode> mustOwn) {
        super(Opcodes.ASM9);
        this.world = world;
        this.isConstructor = isConstructor;
        this.mustOwn = mustOwn;
        meeting = new Meeting(world, mustOwn);
    }

    @Override
    public Held newValue(Type type) {
        if (type == null) {
            return Held.NOTHING;
        }
        return switch (type.getSort()) {
            case Type.VOID -> null;
            case Type.LONG, Type.DOUBLE -> Held.WIDE;
            case Type.ARRAY -> Held.none(type.getDescriptor());
            case Type.OBJECT -> Held.none(type.getInternalName());
            default -> Held.NOTHING;
        };
    }

    @Override
    public Held newParameterValue(boolean isInstanceMethod, int local, Type type) {
        Held value = newValue(type);
        if (isConstructor && local == 0) {
            return new Held(1, value.type(), Keeper.UNMADE, -1, Set.of());
        }
        return world.mayHold(type) ? new Held(1, value.type(), Keeper.CALLER, -1, Set.of()) : value;
    }

    @Override
    public Held newExceptionValue(TryCatchBlockNode block, Frame<Held> frame, Type type) {
        return owned(type.getInternalName());
    }

    /** The value of an object whose constructor has returned. */
    Held made(Held unmade) {
        boolean isThis = unmade.sources().isEmpty();
        if (!world.mayHoldClass(unmade.type())) {
            return Held.none(unmade.type());
        }
        return isThis ? new Held(1, unmade.type(), Keeper.CALLER, -1, Set.of()) : Held.own(unmade.type());
    }

    /** A value of that type that comes with a reference if there can be one. */
    private Held owned(String type) {
        return world.mayHoldClass(type) ? Held.own(type) : Held.none(type);
    }

    private Held owned(Type type) {
        return world.mayHold(type) ? Held.own(newValue(type).type()) : newValue(type);
    }

    @Override
    public Held newOperation(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> Held.WIDE;
            case Opcodes.LDC -> constant(((LdcInsnNode) instruction).cst);
            case Opcodes.NEW -> Held.unmade(((TypeInsnNode) instruction).desc, instruction);
            case Opcodes.GETSTATIC -> loaded((FieldInsnNode) instruction, null);
            default -> Held.NOTHING;
        };
    }

    private static Held constant(Object constant) {
        boolean isWide = constant instanceof Long
                || constant instanceof Double
                || constant instanceof ConstantDynamic dynamic && dynamic.getSize() == 2;
        return isWide ? Held.WIDE : Held.none(constant instanceof String ? "java/lang/String" : null);
    }

    private Held loaded(FieldInsnNode load, Held owner) {
        Type type = Type.getType(load.desc);
        if (!world.mayHold(type) || isTestedForNull(load)) {
            return newValue(type);
        }
        Shape declaring = world.fieldOwner(load.owner, load.name);
        FieldShape field = declaring == null ? null : declaring.fields().get(load.name);
        boolean stays = field != null
                && declaring.isWoven()
                && field.isFinal()
                && field.hold() == Shape.Hold.COUNTED
                && !mustOwn.contains(load);
        Keeper keeper = owner == null ? Keeper.CALLER : owner.keeper();
        if (stays && keeper == Keeper.LOCAL) {
            return Held.byLocal(newValue(type).type(), owner.local(), load);
        }
        return stays && keeper == Keeper.CALLER ? Held.byCaller(newValue(type).type(), load) : owned(type);
    }

    /** Whether the next instruction only asks whether the value is null. */
    static boolean isTestedForNull(AbstractInsnNode load) {
        AbstractInsnNode next = load.getNext();
        while (next instanceof LabelNode || next instanceof LineNumberNode) {
            next = next.getNext();
        }
        return next instanceof JumpInsnNode jump
                && (jump.getOpcode() == Opcodes.IFNULL || jump.getOpcode() == Opcodes.IFNONNULL);
    }

    @Override
    public Held copyOperation(AbstractInsnNode instruction, Held value) {
        int opcode = instruction.getOpcode();
        if (opcode == Opcodes.ALOAD) {
            return load((VarInsnNode) instruction, value);
        }
        if (opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE) {
            return stored((VarInsnNode) instruction, value).withDerived(Set.of());
        }
        return value;
    }

    private Held stored(VarInsnNode store, Held value) {
        return switch (value.keeper()) {
            case OWN -> variable(value, Keeper.VARIABLE);
            case CALLER -> variable(value, Keeper.CALLER);
            case LOCAL -> {
                if (value.isOf(store.var)) {
                    yield variable(value, Keeper.EITHER);
                }
                yield mustOwn.contains(store) || value.local() == store.var
                        ? variable(value, Keeper.VARIABLE)
                        : Held.borrowed(value.type(), value.local(), store);
            }
            default -> value;
        };
    }

    private static Held variable(Held value, Keeper keeper) {
        return new Held(1, value.type(), keeper, -1, Set.of());
    }

    private Held load(VarInsnNode load, Held variable) {
        return switch (variable.keeper()) {
            case NONE, UNMADE -> variable;
            case CALLER -> mustOwn.contains(load) ? Held.own(variable.type()) : Held.byCaller(variable.type(), load);
            default -> {
                int holder = variable.keeper() == Keeper.BORROWED ? variable.local() : load.var;
                yield mustOwn.contains(load) ? Held.own(variable.type()) : Held.byLocal(variable.type(), holder, load);
            }
        };
    }

    @Override
    public Held unaryOperation(AbstractInsnNode instruction, Held value) {
        Held result = unary(instruction, value);
        boolean takes = result != null && instruction.getOpcode() != Opcodes.CHECKCAST;
        return takes ? result.from(instruction, List.of(value)) : result;
    }

    private Held unary(AbstractInsnNode instruction, Held value) {
        return switch (instruction.getOpcode()) {
            case Opcodes.LNEG,
                    Opcodes.DNEG,
                    Opcodes.I2L,
                    Opcodes.I2D,
                    Opcodes.L2D,
                    Opcodes.F2L,
                    Opcodes.F2D,
                    Opcodes.D2L -> Held.WIDE;
            case Opcodes.NEWARRAY -> Held.none(newArray(((IntInsnNode) instruction).operand));
            case Opcodes.ANEWARRAY -> owned(arrayOf(((TypeInsnNode) instruction).desc));
            case Opcodes.CHECKCAST -> value.withType(((TypeInsnNode) instruction).desc);
            case Opcodes.GETFIELD -> loaded((FieldInsnNode) instruction, value);
            case Opcodes.IFEQ,
                    Opcodes.IFNE,
                    Opcodes.IFLT,
                    Opcodes.IFGE,
                    Opcodes.IFGT,
                    Opcodes.IFLE,
                    Opcodes.TABLESWITCH,
                    Opcodes.LOOKUPSWITCH,
                    Opcodes.PUTSTATIC,
                    Opcodes.ATHROW,
                    Opcodes.MONITORENTER,
                    Opcodes.MONITOREXIT,
                    Opcodes.IFNULL,
                    Opcodes.IFNONNULL -> null;
            default -> Held.NOTHING;
        };
    }

    static String arrayOf(String element) {
        return element.startsWith("[") ? "[" + element : "[L" + element + ";";
    }

    private static String newArray(int kind) {
        return switch (kind) {
            case Opcodes.T_BOOLEAN -> "[Z";
            case Opcodes.T_CHAR -> "[C";
            case Opcodes.T_BYTE -> "[B";
            case Opcodes.T_SHORT -> "[S";
            case Opcodes.T_INT -> "[I";
            case Opcodes.T_FLOAT -> "[F";
            case Opcodes.T_DOUBLE -> "[D";
            default -> "[J";
        };
    }

    @Override
    public Held binaryOperation(AbstractInsnNode instruction, Held one, Held other) {
        Held result = binary(instruction, one);
        return result == null ? null : result.from(instruction, List.of(one, other));
    }

    private Held binary(AbstractInsnNode instruction, Held one) {
        return switch (instruction.getOpcode()) {
            case Opcodes.AALOAD -> element(one);
            case Opcodes.LALOAD,
                    Opcodes.DALOAD,
                    Opcodes.LADD,
                    Opcodes.LSUB,
                    Opcodes.LMUL,
                    Opcodes.LDIV,
                    Opcodes.LREM,
                    Opcodes.LSHL,
                    Opcodes.LSHR,
                    Opcodes.LUSHR,
                    Opcodes.LAND,
                    Opcodes.LOR,
                    Opcodes.LXOR,
                    Opcodes.DADD,
                    Opcodes.DSUB,
                    Opcodes.DMUL,
                    Opcodes.DDIV,
                    Opcodes.DREM -> Held.WIDE;
            case Opcodes.IF_ICMPEQ,
                    Opcodes.IF_ICMPNE,
                    Opcodes.IF_ICMPLT,
                    Opcodes.IF_ICMPGE,
                    Opcodes.IF_ICMPGT,
                    Opcodes.IF_ICMPLE,
                    Opcodes.IF_ACMPEQ,
                    Opcodes.IF_ACMPNE,
                    Opcodes.PUTFIELD -> null;
            default -> Held.NOTHING;
        };
    }

    private Held element(Held array) {
        if (array.type() == null) {
            return Held.none(null);
        }
        if (!array.type().startsWith("[")) {
            return owned("java/lang/Object");
        }
        return owned(Type.getType(array.type().substring(1)));
    }

    @Override
    public Held ternaryOperation(AbstractInsnNode instruction, Held one, Held other, Held third) {
        return null;
    }

    @Override
    public Held naryOperation(AbstractInsnNode instruction, List<? extends Held> values) {
        Held result = nary(instruction);
        return result == null ? null : result.from(instruction, values);
    }

    private Held nary(AbstractInsnNode instruction) {
        if (instruction instanceof MultiANewArrayInsnNode array) {
            return owned(array.desc);
        }
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            return FunctionObject.captures(world, dynamic)
                    ? Held.own(Type.getReturnType(dynamic.desc).getInternalName())
                    : newValue(Type.getReturnType(dynamic.desc));
        }
        MethodInsnNode call = (MethodInsnNode) instruction;
        Type type = Type.getReturnType(call.desc);
        return type.getSort() == Type.VOID ? null : owned(type);
    }

    @Override
    public void returnOperation(AbstractInsnNode instruction, Held value, Held expected) {
        // Nothing to find out.
    }

    @Override
    public Held merge(Held one, Held other) {
        return meeting.of(one, other);
    }
}
