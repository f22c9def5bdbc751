// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import dev.heldby.weave.counted.Held.Keeper;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * A call of code that is not woven: what is passed is lent to it, unless it keeps nothing or is a container of the JDK, which
 * is looked at after the call; what it returns is held, and counted if it is a container or an array.
 */
final class OutsideCall {
    private static final String CALLED =
            "(" + Emission.OBJECT + "Ljava/lang/String;" + Emission.OBJECT + Emission.OBJECT + ")V";

    private static final Set<String> WORK =
            Set.of("java/lang/Runnable", "java/util/concurrent/Callable", "java/util/function/Supplier");

    private final World world;
    private final Emission emission;
    private final MethodInsnNode call;
    private final Frame<Held> frame;
    private final int first;
    private final Type[] arguments;
    private final boolean keeps;
    private final boolean isOfContainer;
    private final int receivers;

    /** @param first the lowest place on the stack that the call takes */
    OutsideCall(World world, Emission emission, MethodInsnNode call, Frame<Held> frame, int first, String declaring) {
        this.world = world;
        this.emission = emission;
        this.call = call;
        this.frame = frame;
        this.first = first;
        arguments = Type.getArgumentTypes(call.desc);
        receivers = frame.getStackSize() - arguments.length - first;
        isOfContainer = receivers == 1 && world.isContainer(call.owner) && !call.name.equals("<init>");
        keeps = !Borrowers.keepsNothing(declaring, call.name) && !Givers.gives(call) && !isCopying();
    }

    /**
     * The constructors of containers copy what they are passed, and hold what they are passed alone. A container that a class of
     * the program extends is not looked at, so that what it is passed by super() is lent.
     */
    private boolean isCopying() {
        return call.name.equals("<init>")
                && !frame.getStack(first).sources().isEmpty()
                && world.isContainer(call.owner)
                && arguments.length == 1
                && (world.isContainer(arguments[0].getInternalName())
                        || arguments[0].getInternalName().equals("java/lang/Object"));
    }

    private boolean isPassed(int argument) {
        return frame.getStack(first + receivers + argument).keeper() != Keeper.NONE;
    }

    private boolean isArray(int argument) {
        return arguments[argument].getSort() == Type.ARRAY && isPassed(argument);
    }

    private boolean spills() {
        boolean any = isOfContainer || Givers.isView(call);
        for (int i = 0; i < arguments.length; i++) {
            any |= isPassed(i) && (keeps || isLookedAtAfter(i));
        }
        return any;
    }

    private boolean isLookedAtAfter(int argument) {
        return isArray(argument) && !Borrowers.leavesArrays(call)
                || call.owner.equals("java/util/Collections") && isContainer(argument);
    }

    private boolean isContainer(int argument) {
        return arguments[argument].getSort() == Type.OBJECT && world.isContainer(arguments[argument].getInternalName());
    }

    /** Keeps what is passed in variables, and lends what is to be lent. */
    InsnList before() {
        InsnList list = new InsnList();
        if (!spills()) {
            return list;
        }
        boolean hasReceiver = receivers == 1 && !frame.getStack(first).isUnmade();
        for (int i = arguments.length - 1; i >= 0; i--) {
            list.add(Emission.storeOf(arguments[i], argument(i)));
        }
        if (hasReceiver) {
            list.add(Emission.store(receiver()));
        }
        for (int i = 0; i < arguments.length; i++) {
            if (isTask(i)) {
                list.add(Emission.load(argument(i)));
                list.add(Emission.throughOutside("task"));
                list.add(new TypeInsnNode(Opcodes.CHECKCAST, arguments[i].getInternalName()));
                list.add(Emission.store(argument(i)));
            } else if (keeps && isPassed(i)) {
                list.add(lend(i, hasReceiver));
            }
        }
        if (hasReceiver) {
            list.add(Emission.load(receiver()));
        }
        for (int i = 0; i < arguments.length; i++) {
            list.add(Emission.loadOf(arguments[i], argument(i)));
        }
        return list;
    }

    private InsnList lend(int argument, boolean hasReceiver) {
        InsnList list = Emission.list(Emission.load(argument(argument)));
        if (hasReceiver) {
            list.add(Emission.load(receiver()));
        }
        list.add(Emission.constant(call.owner.replace('/', '.') + "." + call.name));
        list.add(
                hasReceiver
                        ? Emission.callOutside(
                                "lendTo", "(" + Emission.OBJECT + Emission.OBJECT + "Ljava/lang/String;)V")
                        : Emission.callOutside("lend", Emission.LEND));
        return list;
    }

    /** Whether the argument is work for another thread, which is done once. */
    private boolean isTask(int argument) {
        return keeps
                && isPassed(argument)
                && WORK.contains(arguments[argument].getInternalName())
                && !call.name.startsWith("schedule")
                && (call.owner.equals("java/lang/Thread") || call.owner.startsWith("java/util/concurrent/"));
    }

    private int receiver() {
        return emission.scratch(0);
    }

    private int argument(int i) {
        return emission.scratch(i + 1);
    }

    private int result() {
        return emission.scratch(arguments.length + 1);
    }

    /** Leaves a second copy of the result on the stack, with a reference, and null where there is none to hold. */
    InsnList receive() {
        InsnList list = Emission.list(Emission.op(Opcodes.DUP));
        if (call.name.equals("clone") && call.desc.startsWith("()")) {
            list.add(Emission.through("copied"));
        } else if (Givers.gives(call)) {
            list.add(Emission.throughOutside("given"));
        } else if (Givers.isView(call)) {
            list.add(Emission.load(argument(0)));
            list.add(throughWith("givenView"));
        } else if (isOfContainer) {
            list.add(Emission.load(receiver()));
            list.add(throughWith("receivedFrom"));
        } else {
            list.add(Emission.throughOutside("receivedOutside"));
        }
        return list;
    }

    private static AbstractInsnNode throughWith(String name) {
        return Emission.callOutside(name, "(" + Emission.OBJECT + Emission.OBJECT + ")" + Emission.OBJECT);
    }

    /** Looks at the containers and arrays that the call may have changed; the topmost value of the stack is its result. */
    InsnList look() {
        InsnList list = new InsnList();
        if (isOfContainer && !Borrowers.leavesContainer(call.name)) {
            Type type = Type.getReturnType(call.desc);
            boolean hasResult = type.getSort() >= Type.ARRAY || type.getSort() == Type.BOOLEAN;
            if (hasResult) {
                list.add(Emission.op(Opcodes.DUP));
                if (type.getSort() == Type.BOOLEAN) {
                    list.add(new MethodInsnNode(
                            Opcodes.INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false));
                }
                list.add(Emission.store(result()));
            }
            boolean single = arguments.length == 1 && isPassed(0);
            list.add(Emission.load(receiver()));
            list.add(Emission.constant(call.name));
            list.add(single ? Emission.load(argument(0)) : Emission.op(Opcodes.ACONST_NULL));
            list.add(hasResult ? Emission.load(result()) : Emission.op(Opcodes.ACONST_NULL));
            list.add(Emission.callOutside("called", CALLED));
        }
        for (int i = 0; i < arguments.length; i++) {
            if (isPassed(i) && isLookedAtAfter(i)) {
                list.add(Emission.load(argument(i)));
                list.add(Emission.callOutside("filled", "(" + Emission.OBJECT + ")V"));
            }
        }
        return list;
    }
}
