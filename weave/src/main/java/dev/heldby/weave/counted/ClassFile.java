// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted;

import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * What a class file says of itself.
 *
 * @param isWoven whether it names what only woven code names
 */
record ClassFile(String name, boolean isWoven) {
    private static final int CONSTANT_CLASS = 7;
    private static final Set<String> OF_WOVEN_CODE = Set.of(
            "dev/heldby/counted/References",
            "dev/heldby/counted/Outside",
            "dev/heldby/counted/Countable",
            "dev/heldby/counted/CountedObject");

    /** @throws RuntimeException if it cannot be understood */
    static ClassFile of(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        reader.accept(new ClassNode(), ClassReader.SKIP_FRAMES);
        return new ClassFile(reader.getClassName(), namesWovenCode(reader));
    }

    private static boolean namesWovenCode(ClassReader reader) {
        char[] text = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item > 0
                    && reader.readByte(item - 1) == CONSTANT_CLASS
                    && OF_WOVEN_CODE.contains(reader.readUTF8(item, text))) {
                return true;
            }
        }
        return false;
    }
}
