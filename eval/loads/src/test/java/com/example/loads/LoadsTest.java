// SPDX-License-Identifier: Apache-2.0
package com.example.loads;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadsTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void should_end_in_order_when_nothing_is_planted(Loads load) throws Exception {
        assertThat(run(load, "--operations", "100", "--seed", "7")).isZero();
        assertThat(folder.resolve("out")).hasContent("100 operations\n");
    }

    @ParameterizedTest
    @EnumSource
    void should_find_the_rule_files_of_a_program(Loads load) {
        assertThat(load.ruleFiles())
                .allSatisfy(file -> assertThat(Path.of("rules", file)).exists());
    }

    @Test
    void should_end_with_code_1_when_an_option_is_unknown() throws Exception {
        assertThat(run(Loads.FILES_AND_ZIPS, "--speed", "3")).isEqualTo(1);
        assertThat(folder.resolve("err"))
                .content()
                .contains("unknown option '--speed'; use [--operations N] [--seed N]");
    }

    private int run(Loads load, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA, "-cp", System.getProperty("java.class.path")));
        command.addAll(load.jvmOptions());
        command.add(load.mainClass());
        command.addAll(List.of(options));
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start();
        if (!process.waitFor(70, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(load + " does not end: " + Files.readString(err.toPath()));
        }
        return process.exitValue();
    }
}
