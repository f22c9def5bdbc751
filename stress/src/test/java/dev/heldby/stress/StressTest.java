// SPDX-License-Identifier: Apache-2.0
package dev.heldby.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs all jcstress tests of this module, for less than a second each, in JVMs of the JDK that runs this one. The profile
 * {@code stress} runs them for long. What jcstress printed and found is in {@code target/jcstress}.
 */
class StressTest {
    private static final String SHORT =
            "-f 1 -fsm 1 -iters 2 -time 150 -strideCount 8 -strideSize 64 -sc false -pth false"
                    + " -af NONE -jvmArgs -Xmx256m -jvmArgs -XX:+UseSerialGC";
    private static final String RESULTS = "RUN RESULTS:";

    private final Path folder = Path.of("target", "jcstress").toAbsolutePath();
    private final Path output = folder.resolve("output.txt");

    private int run() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-r",
                folder.toString()));
        command.addAll(List.of(System.getProperty("stress.options", SHORT).split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    @Test
    void should_see_no_forbidden_outcome_when_threads_collide() throws IOException, InterruptedException {
        int exitCode = run();

        String printed = Files.readString(output);
        String results = printed.substring(Math.max(0, printed.indexOf(RESULTS)));
        assertThat(results)
                .startsWith(RESULTS)
                .contains("Failed tests: No matches.", "Error tests: No matches.", "matching test results.");
        assertThat(exitCode).as(results).isZero();
    }
}
