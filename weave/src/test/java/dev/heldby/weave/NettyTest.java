// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;

/** Every class of the Netty modules that hold counted types, by the rules that come with HeldBy. */
class NettyTest {
    private static final Map<String, byte[]> CLASSES = new LinkedHashMap<>();

    @BeforeAll
    static void read() throws Exception {
        for (Class<?> inJar : new Class<?>[] {ByteBuf.class, AbstractReferenceCounted.class}) {
            Path jar = Path.of(
                    inJar.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream()
                        .filter(entry -> entry.getName().endsWith(".class"))
                        .filter(entry -> !entry.getName().startsWith("META-INF"))
                        .forEach(entry -> {
                            try {
                                byte[] bytes = file.getInputStream(entry).readAllBytes();
                                CLASSES.put(new ClassReader(bytes).getClassName(), bytes);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_weave_only_the_classes_that_the_rules_name_when_all_are_shown(boolean field) {
        Weaving weaving = Weaving.byBuiltIn(Weaving.PROBES);
        TreeSet<String> woven = new TreeSet<>();
        CLASSES.forEach((name, bytes) -> weaving.weave(bytes, field)
                .filter(with -> with.hasField() || !with.probes().isEmpty())
                .ifPresent(with -> woven.add(name.substring(name.lastIndexOf('/') + 1))));

        assertThat(CLASSES.size()).isGreaterThan(500);
        assertThat(woven)
                .containsExactly(
                        "AbstractReferenceCounted",
                        "AbstractReferenceCountedByteBuf",
                        "AdaptiveByteBufAllocator$DirectChunkAllocator",
                        "AdaptiveByteBufAllocator$HeapChunkAllocator",
                        "AdaptivePoolingAllocator$AdaptiveByteBuf",
                        "CleanerJava24Linker",
                        "CleanerJava25$CleanableDirectBufferImpl",
                        "CompositeByteBuf",
                        "PoolArena",
                        "PooledByteBuf",
                        "UnpooledDirectByteBuf",
                        "UnpooledHeapByteBuf",
                        "UnreleasableByteBuf",
                        "WrappedCompositeByteBuf");
        assertThat(weaving.troubles).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_verify_when_woven(boolean field) {
        Weaving weaving = Weaving.byBuiltIn(Weaving.PROBES);
        CLASSES.values()
                .forEach(bytes -> weaving.weave(bytes, field)
                        .ifPresent(with -> assertThat(Weaving.complaints(
                                        with.bytes(), getClass().getClassLoader()))
                                .isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_be_verified_by_the_jvm_and_report_to_the_recorder_when_run(boolean field) throws Exception {
        Weaving weaving = Weaving.byBuiltIn(Weaving.LOG);
        ProbeLog.clear();
        ClassLoader loader = weaving.new Loader("io.netty.", field);
        for (String name : CLASSES.keySet()) {
            if (name.startsWith("io/netty/buffer/")) {
                Class.forName(name.replace('/', '.'), false, loader).getDeclaredMethods();
            }
        }
        ProbeLog.clear();
        Class<?> unpooled = Class.forName("io.netty.buffer.UnpooledByteBufAllocator", true, loader);
        ProbeLog.clear();
        Object allocator = unpooled.getConstructor(boolean.class).newInstance(false);
        Object buffer = unpooled.getMethod("heapBuffer", int.class, int.class).invoke(allocator, 64, 64);
        Class<?> type = Class.forName("io.netty.buffer.ByteBuf", true, loader);
        type.getMethod("retain").invoke(buffer);
        type.getMethod("release").invoke(buffer);
        type.getMethod("release").invoke(buffer);

        ProbeLog.expect("born", "bytes 64", "get 1", "put 1", "put 1", "dead");
    }

    @Test
    void should_insert_the_same_probes_when_there_is_a_field_or_none() {
        Weaving with = Weaving.byBuiltIn(Weaving.PROBES);
        Weaving without = Weaving.byBuiltIn(Weaving.PROBES);
        CLASSES.values().forEach(bytes -> {
            with.weave(bytes, true);
            without.weave(bytes, false);
        });

        assertThat(with.probes).isEqualTo(without.probes).hasSizeGreaterThan(25);
    }
}
