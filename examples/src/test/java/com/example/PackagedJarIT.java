// SPDX-License-Identifier: Apache-2.0
package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Runs after packaging, on the jar that users start. */
class PackagedJarIT {

    private static final Path JAR = Path.of("target", "heldby-examples.jar");

    @Test
    void should_run_when_nothing_else_is_on_the_class_path() throws Exception {
        JavaProgram demo = JavaProgram.java(List.of("-jar", JAR.toString(), "--fixed", "--requests", "50"));

        assertThat(demo.exitCode()).isZero();
        assertThat(demo.output()).contains("50 requests answered");
    }

    @Test
    void should_carry_netty_under_its_own_name_when_listed() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("io/netty/buffer/ByteBuf.class", "META-INF/io.netty.versions.properties")
                    .noneMatch(name -> name.endsWith("module-info.class"))
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"));
        }
    }

    @Test
    void should_know_nothing_of_its_watcher_when_listed() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName)).noneMatch(name -> name.contains("heldby"));
        }
    }
}
