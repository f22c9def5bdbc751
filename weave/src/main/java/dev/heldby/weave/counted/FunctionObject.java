// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.lang.invoke.LambdaMetafactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/** The objects that lambda expressions and method references make. */
final class FunctionObject {
    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

    private static final String ALTERNATIVE =
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;[Ljava/lang/Object;)"
                    + "Ljava/lang/invoke/CallSite;";
    private static final Type WOVEN = Type.getObjectType("dev/heldby/counted/Woven");

    private FunctionObject() {}

    static boolean isMadeBy(InvokeDynamicInsnNode dynamic) {
        return dynamic.bsm.getOwner().equals(FACTORY);
    }

    /** The interface that it is seen as. */
    static String type(InvokeDynamicInsnNode dynamic) {
        return Type.getReturnType(dynamic.desc).getInternalName();
    }

    /** Whether what it makes may hold something counted. */
    static boolean captures(World world, InvokeDynamicInsnNode dynamic) {
        return isMadeBy(dynamic)
                && Arrays.stream(Type.getArgumentTypes(dynamic.desc)).anyMatch(world::mayHold);
    }

    /**
     * Has the objects that the instruction makes implement {@code Woven}, if what they are called with may be counted: whoever
     * calls one need not lend that, since the method behind it is woven.
     *
     * @return whether the instruction was changed
     */
    static boolean mark(World world, InvokeDynamicInsnNode dynamic) {
        if (!isMadeBy(dynamic)
                || world.isWoven(type(dynamic))
                || !world.isWoven(((Handle) dynamic.bsmArgs[1]).getOwner())
                || Arrays.stream(((Type) dynamic.bsmArgs[2]).getArgumentTypes()).noneMatch(world::mayHold)) {
            return false;
        }
        boolean isPlain = dynamic.bsm.getName().equals("metafactory");
        int flags = isPlain ? 0 : (Integer) dynamic.bsmArgs[3];
        boolean hasMarkers = (flags & LambdaMetafactory.FLAG_MARKERS) != 0;
        List<Object> arguments = new ArrayList<>(List.of(dynamic.bsmArgs).subList(0, 3));
        arguments.add(flags | LambdaMetafactory.FLAG_MARKERS);
        arguments.add(hasMarkers ? (Integer) dynamic.bsmArgs[4] + 1 : 1);
        arguments.add(WOVEN);
        arguments.addAll(List.of(dynamic.bsmArgs).subList(isPlain ? 3 : hasMarkers ? 5 : 4, dynamic.bsmArgs.length));
        dynamic.bsmArgs = arguments.toArray();
        dynamic.bsm = new Handle(Opcodes.H_INVOKESTATIC, FACTORY, "altMetafactory", ALTERNATIVE, false);
        return true;
    }
}
