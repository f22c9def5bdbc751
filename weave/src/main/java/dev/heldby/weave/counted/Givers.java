// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import org.objectweb.asm.tree.MethodInsnNode;

/** Methods outside the program that return something new, which nobody else holds. */
final class Givers {
    private Givers() {}

    static boolean gives(MethodInsnNode call) {
        return switch (call.owner) {
            case "java/lang/reflect/Constructor", "java/lang/Class" -> call.name.equals("newInstance");
            case "java/util/Arrays" -> call.name.startsWith("copyOf");
            default -> false;
        };
    }
}
