// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The instructions of the probes on blocks.
 *
 * @param gate the internal name of the class with the methods of {@link dev.heldby.block.BlockProbes}
 */
record BlockCode(String gate) {

    /** Pushes an argument of type int or long, as a long. */
    void argument(MethodVisitor mv, WovenMethod method, int argument) {
        Type type = method.parameters()[argument - 1];
        mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), method.slot(argument));
        if (type.getSort() == Type.INT) {
            mv.visitInsn(Opcodes.I2L);
        }
    }

    /** Pushes a long field of the receiver. */
    void field(MethodVisitor mv, WovenMethod method, String field) {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitFieldInsn(Opcodes.GETFIELD, method.owner(), field, "J");
    }

    /** Takes an address and a size. */
    void allocated(MethodVisitor mv, int rule) {
        mv.visitIntInsn(Opcodes.SIPUSH, rule);
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, gate, "allocated", "(JJI)V", false);
    }

    /** Takes an address, gives a size. */
    void freed(MethodVisitor mv) {
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, gate, "freed", "(J)J", false);
    }

    /** Takes an address and a size. */
    void unfreed(MethodVisitor mv, int rule) {
        mv.visitIntInsn(Opcodes.SIPUSH, rule);
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, gate, "unfreed", "(JJI)V", false);
    }
}
