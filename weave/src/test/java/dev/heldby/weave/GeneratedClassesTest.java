// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_STATIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.JSR;
import static org.objectweb.asm.Opcodes.LCONST_0;
import static org.objectweb.asm.Opcodes.LSTORE;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.RET;
import static org.objectweb.asm.Opcodes.RETURN;

import java.lang.reflect.InvocationTargetException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

/** Class files that the Java compiler of today does not write. */
class GeneratedClassesTest {
    private static final String RULES = """
            rule test
            type generated.Target
              born <init>
              get keep
              put release(boolean)
              put take(Object) of argument 1
            """;

    @BeforeEach
    void clear() {
        ProbeLog.clear();
    }

    private static ClassWriter start(int version) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(version, ACC_PUBLIC | ACC_SUPER, "generated/Target", null, "java/lang/Object", null);
        method(writer, ACC_PUBLIC, "<init>", "()V", code -> {
            code.visitVarInsn(ALOAD, 0);
            code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
            code.visitInsn(RETURN);
        });
        return writer;
    }

    private static void method(
            ClassWriter writer, int access, String name, String descriptor, Consumer<MethodVisitor> body) {
        MethodVisitor code = writer.visitMethod(access, name, descriptor, null, null);
        code.visitCode();
        body.accept(code);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static Class<?> load(Weaving weaving, ClassWriter writer) throws ClassNotFoundException {
        writer.visitEnd();
        return weaving.new Loader("none", true).with(writer.toByteArray()).loadClass("generated.Target");
    }

    /** Throws, after a jump, if the argument is true. */
    private static void throwing(MethodVisitor code, boolean frames) {
        Label fine = new Label();
        code.visitVarInsn(ILOAD, 1);
        code.visitJumpInsn(IFEQ, fine);
        code.visitTypeInsn(NEW, "java/lang/IllegalStateException");
        code.visitInsn(DUP);
        code.visitMethodInsn(INVOKESPECIAL, "java/lang/IllegalStateException", "<init>", "()V", false);
        code.visitInsn(ATHROW);
        code.visitLabel(fine);
        if (frames) {
            code.visitFrame(org.objectweb.asm.Opcodes.F_SAME, 0, null, 0, null);
        }
        code.visitInsn(RETURN);
    }

    @ParameterizedTest
    @ValueSource(ints = {45, 48, 49, 50, 52, 61})
    void should_run_the_expected_probes_when_the_class_file_is_old_or_new(int version) throws Exception {
        ClassWriter writer = start(version);
        method(writer, ACC_PUBLIC, "release", "(Z)V", code -> throwing(code, version >= 50));
        Class<?> woven = load(Weaving.by(RULES), writer);
        Object target = woven.getConstructor().newInstance();
        ProbeLog.expect("born");
        woven.getMethod("release", boolean.class).invoke(target, false);
        ProbeLog.expect("put 1");
        try {
            woven.getMethod("release", boolean.class).invoke(target, true);
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(IllegalStateException.class);
            ProbeLog.expect("put 1", "refused put");
        }
    }

    @Test
    void should_run_the_expected_probes_when_the_code_has_subroutines() throws Exception {
        ClassWriter writer = start(49);
        method(writer, ACC_PUBLIC, "keep", "()V", code -> {
            Label subroutine = new Label();
            code.visitJumpInsn(JSR, subroutine);
            code.visitJumpInsn(JSR, subroutine);
            code.visitInsn(RETURN);
            code.visitLabel(subroutine);
            code.visitVarInsn(ASTORE, 1);
            code.visitVarInsn(RET, 1);
        });
        Class<?> woven = load(Weaving.by(RULES), writer);
        woven.getMethod("keep").invoke(woven.getConstructor().newInstance());

        ProbeLog.expect("born", "get 1");
    }

    @Test
    void should_leave_the_probe_out_when_the_method_reuses_the_variable_of_this() throws Exception {
        Weaving weaving = Weaving.by(RULES);
        ClassWriter writer = start(61);
        method(writer, ACC_PUBLIC, "keep", "()V", code -> {
            code.visitInsn(ACONST_NULL);
            code.visitVarInsn(ASTORE, 0);
            code.visitInsn(RETURN);
        });
        load(weaving, writer);

        assertThat(weaving.troubles)
                .singleElement()
                .asString()
                .endsWith("line 4 does not fit generated.Target.keep: it reuses the variable of \"this\".");
    }

    @Test
    void should_leave_the_probe_out_when_the_method_reuses_the_variable_of_an_argument_for_the_half_of_a_long()
            throws Exception {
        Weaving weaving = Weaving.by(RULES.replace("take(Object) of argument 1", "take(int, Object) of argument 2"));
        ClassWriter writer = start(61);
        method(writer, ACC_PUBLIC | ACC_STATIC, "take", "(ILjava/lang/Object;)V", code -> {
            code.visitInsn(LCONST_0);
            code.visitVarInsn(LSTORE, 0);
            code.visitInsn(RETURN);
        });
        load(weaving, writer);

        assertThat(weaving.troubles)
                .singleElement()
                .asString()
                .endsWith("line 6 does not fit generated.Target.take: it changes its argument 2.");
    }
}
