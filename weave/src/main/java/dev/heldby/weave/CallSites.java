// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Gives each call of a get or a put in a class a number, which the thread carries while it makes the call.
 *
 * <p>Goes by the method's name alone: what the receiver is would need a look at the type hierarchy, and a number that no
 * recorded event asks for does no harm.
 */
final class CallSites extends ClassVisitor {
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String gate;
    private final Set<String> names;

    CallSites(ClassVisitor next, String gate, Set<String> names) {
        super(Opcodes.ASM9, next);
        this.gate = gate;
        this.names = names;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
                boolean counts = names.contains(name) && !owner.startsWith("java/");
                if (counts) {
                    super.visitLdcInsn(LAST.incrementAndGet());
                    at();
                }
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
                if (counts) {
                    super.visitInsn(Opcodes.ICONST_0);
                    at();
                }
            }

            private void at() {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, gate, "at", "(I)V", false);
            }
        };
    }
}
