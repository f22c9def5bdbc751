// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {
    private static final Path AGENT = Path.of("agent.jar");

    @Test
    void should_put_the_agent_before_all_arguments() throws Failure {
        JavaCommand command = JavaCommand.of(List.of("/opt/jdk/bin/java", "-cp", "a.jar", "Main", "--", "x"));

        assertThat(command.withAgent(
                        AGENT, new AgentOptions().set("level", "full").set("mode", "run")))
                .containsExactly(
                        "/opt/jdk/bin/java",
                        "-javaagent:agent.jar=level=full,mode=run",
                        "-cp",
                        "a.jar",
                        "Main",
                        "--",
                        "x");
    }

    @Test
    void should_give_the_agent_absolute_paths() throws Failure {
        Path rules = Path.of("own.rules");

        assertThat(new AgentOptions().set("rules", rules)).hasToString("rules=" + rules.toAbsolutePath());
    }

    @Test
    void should_refuse_a_path_that_the_agent_would_take_for_two_options() {
        assertThatThrownBy(() -> new AgentOptions().set("rules", Path.of("a,b.rules")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("has a comma, which separates the agent's options");
    }
}
