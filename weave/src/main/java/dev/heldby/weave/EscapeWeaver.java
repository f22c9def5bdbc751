// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Has methods report the exceptions that leave them. A method notes how many objects its thread has made when it begins, in a
 * variable of its own behind all others; a handler around all others reports the exception with that number and the method's name, and rethrows it.
 * Constructors are left as they are. Without state.
 */
public final class EscapeWeaver {
    private static final String THROWABLE = "java/lang/Throwable";

    private EscapeWeaver() {}

    /** The class with handlers in all its methods of these names. */
    public static byte[] weave(byte[] classFile, Set<String> methods, String gate) {
        ClassReader reader = new ClassReader(classFile);
        Map<String, Integer> variables = variables(reader);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        Integer used = variables.get(name + descriptor);
                        return used == null || !methods.contains(name) || name.startsWith("<")
                                ? next
                                : new Method(next, used, reader.getClassName().replace('/', '.') + '.' + name, gate);
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    /** How many words of variables each method has that has code. */
    private static Map<String, Integer> variables(ClassReader reader) {
        Map<String, Integer> variables = new HashMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitMaxs(int maxStack, int maxLocals) {
                                variables.put(name + descriptor, maxLocals);
                            }
                        };
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return variables;
    }

    private static final class Method extends MethodVisitor {
        private final int births;
        private final String method;
        private final String gate;
        private final Label start = new Label();
        private final Label end = new Label();

        Method(MethodVisitor next, int births, String method, String gate) {
            super(Opcodes.ASM9, next);
            this.births = births;
            this.method = method;
            this.gate = gate;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitInsn(Opcodes.ICONST_0);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, gate, "births", "(I)I", false);
            super.visitVarInsn(Opcodes.ISTORE, births);
            super.visitLabel(start);
        }

        @Override
        public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
            Object[] more = withBirths(Arrays.asList(local).subList(0, numLocal));
            super.visitFrame(type, more.length, more, numStack, stack);
        }

        private Object[] withBirths(List<Object> locals) {
            List<Object> more = new ArrayList<>(locals);
            int words = 0;
            for (Object local : locals) {
                words += local.equals(Opcodes.LONG) || local.equals(Opcodes.DOUBLE) ? 2 : 1;
            }
            while (words++ < births) {
                more.add(Opcodes.TOP);
            }
            more.add(Opcodes.INTEGER);
            return more.toArray();
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitLabel(end);
            super.visitTryCatchBlock(start, end, end, null);
            Object[] locals = withBirths(List.of());
            super.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {THROWABLE});
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ILOAD, births);
            super.visitLdcInsn(method);
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, gate, "left", "(L" + THROWABLE + ";ILjava/lang/String;)V", false);
            super.visitInsn(Opcodes.ATHROW);
            super.visitMaxs(maxStack, maxLocals);
        }
    }
}
