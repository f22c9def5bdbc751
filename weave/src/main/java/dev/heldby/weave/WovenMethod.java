// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A method that probes go into.
 *
 * @param owner its class's internal name
 * @param fields the descriptors of its class's instance fields by name
 */
record WovenMethod(String owner, int access, String name, String descriptor, Map<String, String> fields) {

    boolean isStatic() {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    boolean isNative() {
        return (access & Opcodes.ACC_NATIVE) != 0;
    }

    boolean isConstructor() {
        return name.equals("<init>");
    }

    Type[] parameters() {
        return Type.getArgumentTypes(descriptor);
    }

    Type result() {
        return Type.getReturnType(descriptor);
    }

    /** The local variable of a parameter, counted from 1. */
    int slot(int parameter) {
        int slot = isStatic() ? 0 : 1;
        for (int i = 0; i < parameter - 1; i++) {
            slot += parameters()[i].getSize();
        }
        return slot;
    }
}
