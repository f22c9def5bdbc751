// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.block.BlockEvents;
import dev.heldby.block.BlockProbes;
import dev.heldby.recording.Probes;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class GateTest {

    /** The gate under a name that any loader may define. */
    private static Class<?> loaded() throws ClassNotFoundException {
        ClassWriter renamed = new ClassWriter(0);
        new ClassReader(Gate.bytes())
                .accept(
                        new ClassVisitor(Opcodes.ASM9, renamed) {
                            @Override
                            public void visit(
                                    int version, int access, String name, String signature, String up, String[] of) {
                                super.visit(version, access, "generated/Gate", signature, up, of);
                            }
                        },
                        0);
        byte[] bytes = renamed.toByteArray();
        ClassLoader loader = new ClassLoader(GateTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) {
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        return Class.forName("generated.Gate", true, loader);
    }

    @Test
    void should_be_in_java_lang_since_every_loader_can_see_it() {
        assertThat(new ClassReader(Gate.bytes()).getClassName()).isEqualTo("java/lang/$HeldBy");
    }

    @Test
    void should_verify() {
        assertThat(Weaving.complaints(Gate.bytes(), getClass().getClassLoader()))
                .isEmpty();
    }

    @Test
    void should_have_each_probe_when_loaded() throws Exception {
        Class<?> gate = loaded();
        for (Method probe : probes()) {
            if (Modifier.isPublic(probe.getModifiers()) && probe.getParameterCount() > 0) {
                Method forward = gate.getMethod(probe.getName(), probe.getParameterTypes());

                assertThat(forward.getReturnType()).isEqualTo(probe.getReturnType());
                assertThat(Modifier.isStatic(forward.getModifiers())).isTrue();
            }
        }
        assertThat(Arrays.stream(gate.getMethods()).map(Method::getName)).doesNotContain("recorder", "door");
    }

    private static List<Method> probes() {
        return Stream.of(Probes.class, BlockProbes.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .toList();
    }

    @Test
    void should_hand_on_what_it_is_called_with_when_loaded() throws Exception {
        Class<?> gate = loaded();
        gate.getMethod("usable", boolean.class, Object.class).invoke(null, false, null);
        gate.getMethod("bytes", Object.class, long.class).invoke(null, new Object(), 1L << 40);
        gate.getMethod("allocated", long.class, long.class, int.class).invoke(null, 1L << 40, 1L << 41, 255);

        assertThat(gate.getMethod("find", Object.class).invoke(null, new Object()))
                .isNull();
        assertThat(gate.getMethod("freed", long.class).invoke(null, 1L << 40)).isEqualTo(BlockEvents.UNKNOWN);
    }
}
