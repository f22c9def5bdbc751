// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.Objects;
import java.util.Set;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Gives each call of a get or a put in a class a number, which the thread carries while it makes the call.
 *
 * <p>The number is a hash of the class, the method and the call's place among its calls, so that weaving twice gives the
 * same bytes. Two sites with one number look like one that is reached in several ways, which is how it is then treated.
 *
 * <p>Goes by the method's name alone: what the receiver is would need a look at the type hierarchy, and a number that no
 * recorded event asks for does no harm.
 */
final class CallSites extends ClassVisitor {
    private final String gate;
    private final Set<String> names;
    private String className;

    CallSites(ClassVisitor next, String gate, Set<String> names) {
        super(Opcodes.ASM9, next);
        this.gate = gate;
        this.names = names;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
        int methodHash = Objects.hash(className, method, descriptor);
        return new MethodVisitor(Opcodes.ASM9, next) {
            private int calls;

            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
                boolean counts = names.contains(name) && !owner.startsWith("java/");
                if (counts) {
                    super.visitLdcInsn(number(methodHash, ++calls));
                    at();
                }
                super.visitMethodInsn(opcode, owner, name, type, isInterface);
                if (counts) {
                    super.visitInsn(Opcodes.ICONST_0);
                    at();
                }
            }

            private int number(int hash, int call) {
                return Math.max(1, (hash * 31 + call) * 0x9e3779b9 >>> 1);
            }

            private void at() {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, gate, "at", "(I)V", false);
            }
        };
    }
}
