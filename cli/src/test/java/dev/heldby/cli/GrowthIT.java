// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.leaky.PilingProgram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that a running program holds, ever more of them. */
class GrowthIT {
    @TempDir
    Path folder;

    private Process program;

    private Started watched(String what) throws IOException, InterruptedException {
        program = new ProcessBuilder(
                        Started.JAVA,
                        "-cp",
                        Path.of("target", "test-classes").toAbsolutePath().toString(),
                        PilingProgram.class.getName(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(program.inputReader().readLine()).isEqualTo("ready");
        String pid = Long.toString(program.pid());
        return heldby(folder, "attach", "--rules", Started.RULES, "--growth", "1s", "--for", "8s", pid);
    }

    @AfterEach
    void end_the_program() throws InterruptedException {
        program.destroyForcibly().waitFor();
    }

    @Test
    void should_name_the_place_whose_objects_pile_up() throws Exception {
        Started watched = watched("forgotten");

        assertThat(watched.exitCode()).isZero();
        assertThat(watched.out())
                .containsPattern("^1\\. missing release: [0-9,]+ x Drawer, growing\n")
                .contains("The reference to a Drawer that PilingProgram$Forgetting.run")
                .contains(
                        "takes by making it has not been given back, and there are ever more of them; where all goes well")
                .contains("certainty 80 %: ever more are held, which may be meant")
                .contains("\nno other findings\n");
    }

    @Test
    void should_be_silent_about_caches_and_queues() throws Exception {
        assertThat(watched("kept").out()).startsWith("no findings\n");
    }
}
