// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.Arrays;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;

/** The objects that lambda expressions and method references make. */
final class FunctionObject {
    private static final String FACTORY = "java/lang/invoke/LambdaMetafactory";

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
}
