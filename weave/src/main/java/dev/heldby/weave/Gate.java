// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import dev.heldby.block.BlockProbes;
import dev.heldby.recording.Probes;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class that woven code calls: one forwarding method for each of {@link Probes} and {@link BlockProbes}, in {@code
 * java.lang}.
 *
 * <p>Every class loader, also a container's that looks nowhere else or in its own jars first, hands {@code java.} names to
 * the bootstrap loader; so every woven class finds this one, and finds only one. See {@code docs/class-loaders.md}.
 */
public final class Gate {
    /** The internal name of the class. */
    public static final String NAME = "java/lang/$HeldBy";

    private Gate() {}

    /** The class file. */
    public static byte[] bytes() {
        ClassWriter gate = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        gate.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
                NAME,
                null,
                "java/lang/Object",
                null);
        Stream.of(Probes.class, BlockProbes.class)
                .flatMap(probes -> Arrays.stream(probes.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0)
                .forEach(method -> forward(gate, method));
        gate.visitEnd();
        return gate.toByteArray();
    }

    private static void forward(ClassWriter gate, Method probe) {
        String descriptor = Type.getMethodDescriptor(probe);
        MethodVisitor code =
                gate.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, probe.getName(), descriptor, null, null);
        code.visitCode();
        int slot = 0;
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
            slot += argument.getSize();
        }
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(probe.getDeclaringClass()),
                probe.getName(),
                descriptor,
                false);
        code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
