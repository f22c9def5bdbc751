// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.Recorder;
import dev.heldby.weave.rules.Rule;
import dev.heldby.weave.rules.RuleBook;
import dev.heldby.weave.rules.RuleFiles;
import dev.heldby.weave.rules.TypeRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The rule files that come with HeldBy, put to the classes of this JDK and of the Netty on the class path. */
class BuiltInRulesTest {
    private final RuleBook book = new RuleBook(RuleFiles.builtIn());

    @Test
    void should_fit_every_class_that_is_there() throws IOException {
        List<String> woven = new ArrayList<>();
        for (String name : namedClasses()) {
            Optional<WovenClass> result = weave(name, Level.FULL);
            assertThat(result.map(WovenClass::troubles).orElse(List.of())).isEmpty();
            if (result.isPresent() && !result.get().probes().isEmpty()) {
                woven.add(name);
            }
        }
        assertThat(woven)
                .contains(
                        "io.netty.buffer.AbstractReferenceCountedByteBuf",
                        "io.netty.buffer.PoolArena",
                        "java.io.FileInputStream",
                        "java.nio.channels.spi.AbstractInterruptibleChannel",
                        "java.util.zip.ZipFile",
                        "jdk.internal.misc.Unsafe",
                        "sun.nio.ch.FileChannelImpl");
    }

    @Test
    void should_close_a_channel_once_when_many_stanzas_name_its_close() throws IOException {
        WovenClass woven = weave("java.nio.channels.spi.AbstractInterruptibleChannel", Level.FULL)
                .orElseThrow();
        assertThat(calls(woven.bytes(), "put")).isEqualTo(1);
        assertThat(count(woven, "close: put")).isEqualTo(4);
    }

    @Test
    void should_guard_the_door_to_native_memory_both_ways() throws IOException {
        assertThat(weave("jdk.internal.misc.Unsafe", Level.FULL).orElseThrow().probes())
                .extracting(line -> line.replaceFirst(" \\(.*", ""))
                .containsExactlyInAnyOrder(
                        "jdk.internal.misc.Unsafe.allocateMemory: alloc",
                        "jdk.internal.misc.Unsafe.reallocateMemory: free",
                        "jdk.internal.misc.Unsafe.reallocateMemory: alloc",
                        "jdk.internal.misc.Unsafe.freeMemory: free");
    }

    @Test
    void should_leave_no_probe_in_any_class_when_switched_off() throws IOException {
        for (String name : namedClasses()) {
            Optional<WovenClass> woven = weave(name, Level.OFF);
            if (woven.isPresent()) {
                assertThat(woven.get().probes()).isEmpty();
                assertThat(new String(woven.get().bytes(), StandardCharsets.ISO_8859_1))
                        .as(name)
                        .doesNotContain("$HeldBy");
            }
        }
    }

    private Set<String> namedClasses() {
        Set<String> names = new TreeSet<>();
        for (Rule rule : book.rules()) {
            for (TypeRule type : rule.types()) {
                names.add(type.type());
                type.operations().stream()
                        .map(operation -> operation.method().owner())
                        .filter(Objects::nonNull)
                        .forEach(names::add);
            }
            rule.blocks().forEach(blocks -> names.add(blocks.type()));
        }
        return names;
    }

    private static long count(WovenClass woven, String probe) {
        return woven.probes().stream().filter(line -> line.contains(probe)).count();
    }

    private static int calls(byte[] classFile, String probe) {
        int[] calls = {0};
        ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitMethodInsn(int opcode, String owner, String callee, String type, boolean itf) {
                        calls[0] += owner.equals(Gate.NAME) && callee.equals(probe) ? 1 : 0;
                    }
                };
            }
        };
        new ClassReader(classFile).accept(visitor, 0);
        return calls[0];
    }

    private Optional<WovenClass> weave(String name, Level level) throws IOException {
        String path = name.replace('.', '/');
        try (InputStream in = ClassLoader.getSystemResourceAsStream(path + ".class")) {
            if (in == null) {
                return Optional.empty();
            }
            Kinds kinds = new Kinds(book, new Recorder(), rule -> level);
            return new Weaver(book, kinds, Gate.NAME, false).weave(path, in.readAllBytes(), true);
        }
    }
}
