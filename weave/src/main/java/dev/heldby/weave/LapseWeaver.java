// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Has the methods of a class that give references back tell of each call through a variable that they may give back through, so that
 * what is used through it afterwards is known to have lapsed. See {@link LapsedVariables}. A method that cannot be analyzed is left as it is.
 */
final class LapseWeaver extends ClassVisitor {
    private final CountedCalls calls;
    private final String gate;
    private String className;

    LapseWeaver(ClassVisitor next, CountedCalls calls, String gate) {
        super(Opcodes.ASM9, next);
        this.calls = calls;
        this.gate = gate;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        className = name;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
            return next;
        }
        return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
            @Override
            public void visitEnd() {
                super.visitEnd();
                weave(this);
                accept(next);
            }
        };
    }

    private void weave(MethodNode method) {
        try {
            LapsedVariables variables = LapsedVariables.of(className, method, calls);
            if (!variables.isEmpty()) {
                new LapseProbes(method, className.replace('/', '.') + '.' + method.name, gate).insert(variables);
            }
        } catch (AnalyzerException e) {
            // Code that no compiler of today writes, such as subroutines that never return.
        }
    }
}
