// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/** Methods outside the program that return something new, which nobody else holds. */
final class Givers {
    private Givers() {}

    /** Whether what the method returns is new; a container among that holds what the method was passed. */
    static boolean gives(MethodInsnNode call) {
        return switch (call.owner) {
            case "java/lang/reflect/Constructor", "java/lang/Class" -> call.name.equals("newInstance");
            case "java/util/Arrays" -> call.name.startsWith("copyOf");
            case "java/util/List", "java/util/Set", "java/util/Map" ->
                call.getOpcode() == Opcodes.INVOKESTATIC || call.name.equals("toArray");
            case "java/util/Optional" -> call.name.equals("of") || call.name.equals("ofNullable");
            case "java/util/Collections" ->
                call.name.startsWith("singleton") || call.name.startsWith("empty") || call.name.equals("nCopies");
            case "java/util/stream/Stream" -> call.name.equals("collect") || call.name.equals("toList");
            default -> call.name.equals("toArray") && call.desc.startsWith("()");
        };
    }

    /** Whether what the method returns is a view of its first argument. */
    static boolean isView(MethodInsnNode call) {
        return call.owner.equals("java/util/Arrays") && call.name.equals("asList")
                || call.owner.equals("java/util/Collections")
                        && (call.name.startsWith("unmodifiable")
                                || call.name.startsWith("synchronized")
                                || call.name.startsWith("checked"));
    }
}
