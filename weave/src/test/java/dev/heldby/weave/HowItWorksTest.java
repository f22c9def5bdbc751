// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractReferenceCountedByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The Java of docs/how-it-works.md is what becomes of a method of Netty's. */
class HowItWorksTest {
    /** What the sample refers to. */
    private static final String AROUND = """
            class ByteBuf {}

            class RefCnt {
                static void retain(RefCnt count) {}
            }

            class $HeldBy {
                static void get(Object lifecycle, int references) {}

                static void refusedUse(Object lifecycle) {}
            }

            class AbstractReferenceCountedByteBuf extends ByteBuf {
                RefCnt refCnt;
                Object heldby$lifecycle;

            """;

    @TempDir
    Path folder;

    @Test
    void should_show_what_is_woven_into_netty() throws Exception {
        Path source = Files.writeString(folder.resolve("Sample.java"), AROUND + sample() + "}");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", folder.toString(), source.toString()))
                .isZero();
        byte[] shown = Files.readAllBytes(folder.resolve("AbstractReferenceCountedByteBuf.class"));

        byte[] woven = Weaving.byBuiltIn(Gate.NAME)
                .weave(Weaving.bytes(AbstractReferenceCountedByteBuf.class), true)
                .orElseThrow()
                .bytes();

        assertThat(steps(shown).get("retain"))
                .contains("$HeldBy.get")
                .isEqualTo(steps(woven).get("retain"));
    }

    private static String sample() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "how-it-works.md"));
        int start = page.indexOf("```java\n") + "```java\n".length();
        return page.substring(start, page.indexOf("```", start));
    }

    /** The members that each method without arguments uses, and how it ends, in the order of its code. */
    private static Map<String, List<String>> steps(byte[] classFile) {
        Map<String, List<String>> steps = new TreeMap<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                boolean isOf = descriptor.startsWith("()") && (access & Opcodes.ACC_BRIDGE) == 0;
                                return isOf ? new Steps(steps.computeIfAbsent(name, each -> new ArrayList<>())) : null;
                            }
                        },
                        ClassReader.SKIP_DEBUG);
        return steps;
    }

    private static final class Steps extends MethodVisitor {
        private final List<String> steps;

        Steps(List<String> steps) {
            super(Opcodes.ASM9);
            this.steps = steps;
        }

        private void member(String owner, String name) {
            steps.add(owner.substring(owner.lastIndexOf('/') + 1) + "." + name);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            member(owner, name);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            member(owner, name);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.ARETURN || opcode == Opcodes.ATHROW) {
                steps.add(opcode == Opcodes.ARETURN ? "return" : "throw");
            }
        }
    }
}
