// SPDX-License-Identifier: Apache-2.0
package dev.heldby.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar that lands in a stranger's JVM. */
class PublishedJarIT {

    @Test
    void should_hold_nothing_but_our_packages_when_listed() throws Exception {
        try (JarFile jar = new JarFile(Watched.jar().toFile())) {
            assertThat(files(jar)).allMatch(name -> name.startsWith("dev/heldby/") || name.startsWith("META-INF/"));
            assertThat(files(jar))
                    .contains(
                            "dev/heldby/agent/HeldByAgent.class",
                            "dev/heldby/agent/asm/ClassReader.class",
                            "dev/heldby/recording/Probes.class",
                            "dev/heldby/weave/rules/netty.rules",
                            "dev/heldby/weave/rules/jdk.rules",
                            "dev/heldby/weave/rules/memory.rules",
                            "dev/heldby/weave/rules/rocksdb.rules",
                            "dev/heldby/weave/rules/zstd.rules");
        }
    }

    @Test
    void should_use_only_its_own_asm_when_its_classes_are_searched() throws Exception {
        try (JarFile jar = new JarFile(Watched.jar().toFile())) {
            for (String name : files(jar)) {
                if (name.endsWith(".class")) {
                    String constants = new String(
                            jar.getInputStream(jar.getEntry(name)).readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertThat(constants).as(name).doesNotContain("org/objectweb/asm");
                }
            }
        }
    }

    @Test
    void should_say_in_its_manifest_how_it_is_loaded() throws IOException {
        try (JarFile jar = new JarFile(Watched.jar().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Premain-Class")).isEqualTo("dev.heldby.agent.HeldByAgent");
            assertThat(manifest.getValue("Agent-Class")).isEqualTo("dev.heldby.agent.HeldByAgent");
            assertThat(manifest.getValue("Boot-Class-Path"))
                    .isEqualTo(Watched.jar().getFileName().toString());
            assertThat(manifest.getValue("Can-Retransform-Classes")).isEqualTo("true");
            assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
        }
    }

    private static List<String> files(JarFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();
    }
}
