// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the extension comes to its agent, and what it says where it cannot. */
class AgentIT {
    private static final String INNER = "dev.heldby.junit.inner.";
    private static final String FIXTURES = INNER + "Fixtures";
    private static final String WAY_OUT =
            " Add -javaagent:heldby-agent.jar=level=full,mode=junit to the command line of the tests' JVM.";

    @TempDir
    Path folder;

    private TestsJvm run(String option, String... arguments) throws IOException, InterruptedException {
        return TestsJvm.run(folder, "junit6", List.of(option), List.of(arguments));
    }

    @Test
    void should_use_the_agent_that_is_there() throws Exception {
        TestsJvm run = run("-javaagent:" + TestsJvm.AGENT + "=level=full,mode=junit", FIXTURES);
        assertThat(run.of("Fixtures.holds").problem().message()).contains("held when its scope ended");
        assertThat(run.of("Fixtures").problem()).isNull();
        assertThat(run.output()).isEmpty();
        assertThat(folder).isDirectoryNotContaining("glob:**.snapshot");
    }

    @Test
    void should_not_tell_again_at_exit_what_a_test_was_failed_for() throws Exception {
        TestsJvm run = run("-javaagent:" + TestsJvm.AGENT + "=level=full", FIXTURES);
        assertThat(run.of("Fixtures.holds").status()).isEqualTo("FAILED");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void should_watch_every_test_when_extensions_are_detected() throws Exception {
        TestsJvm run = run("-Djunit.jupiter.extensions.autodetection.enabled=true", INNER + "Unannotated", FIXTURES);
        assertThat(run.of("Unannotated.holds").problem().message()).contains("held when its scope ended");
        assertThat(run.of("Fixtures.holds").problem().suppressed()).isEmpty();
    }

    @Test
    void should_follow_the_types_of_a_rule_file() throws Exception {
        TestsJvm run = run("-Dheldby.rules=" + leaseRules(), "shop.Leases");
        assertThat(run.of("Leases.forgets").problem().message()).contains("missing release: 1 x Leases$Lease");
        assertThat(run.of("Leases.closes").problem()).isNull();
    }

    private Path leaseRules() throws IOException {
        return Files.writeString(folder.resolve("lease.rules"), """
                rule lease
                type shop.Leases$Lease
                  born <init>
                  put close()
                """);
    }

    @Test
    void should_fail_a_test_that_uses_what_it_gave_back_if_asked() throws Exception {
        Path rules = Files.writeString(folder.resolve("pen.rules"), """
                rule pen
                plumbing shop.Desk$Pen
                type shop.Desk$Pen
                  born <init>
                  get retain()
                  put release()
                  use write() refused when thrown
                """);

        TestsJvm asked = run("-Dheldby.lapsed=on", "heldby.rules=" + rules, "shop.Desks");
        TestsJvm unasked = run("-Dheldby.rules=" + rules, "shop.Desks");

        assertThat(asked.of("Desks.writesLate").problem().message())
                .contains("1. lapsed use: 1 x Desk$Pen, seen at the use");
        assertThat(asked.of("Desks.writesLate").problem().firstFrame()).startsWith("Desk.writeLate");
        assertThat(asked.of("Desks.writes").problem()).isNull();
        assertThat(unasked.of("Desks.writesLate").problem()).isNull();
    }

    @Test
    void should_start_from_what_earlier_test_runs_taught() throws Exception {
        String[] arguments = {
            "heldby.rules=" + leaseRules(), "heldby.model=" + folder.resolve("tests.model"), "shop.Loans"
        };

        TestsJvm first = run("-Dshop.forgets=false", arguments);
        TestsJvm second = run("-Dshop.forgets=false", arguments);
        TestsJvm third = run("-Dshop.forgets=true", arguments);

        assertThat(first.of("Loans.borrows").problem()).isNull();
        assertThat(second.of("Loans.borrows").problem()).isNull();
        assertThat(third.of("Loans.borrows").problem().message())
                .contains("; in earlier runs all 2 such objects were given back there.\n");
    }

    @Test
    void should_fail_with_one_sentence_and_leave_the_file_when_the_model_is_none() throws Exception {
        Path model = Files.writeString(folder.resolve("tests.model"), "no model");

        TestsJvm run = run("-Dheldby.model=" + model, FIXTURES);

        assertThat(run.of("Fixtures").problem().message())
                .startsWith("HeldBy cannot start from the model that heldby.model names: '" + model
                        + "' is not a model that can be read: ")
                .hasLineCount(1);
        assertThat(model).hasContent("no model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+DisableAttachMechanism", "-XX:-EnableDynamicAgentLoading"})
    void should_say_what_to_add_when_it_may_not_attach(String flag) throws Exception {
        assertThat(run(flag, FIXTURES).of("Fixtures").problem().message())
                .isEqualTo("HeldBy cannot watch these tests: the JVM runs with " + flag + "." + WAY_OUT);
    }

    @Test
    void should_say_what_to_add_when_the_java_runtime_cannot_attach() throws Exception {
        Path runtime = folder.resolve("runtime");
        int linked = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--add-modules",
                        "java.instrument,java.logging,java.management,jdk.management,jdk.unsupported",
                        "--output",
                        runtime.toString());
        assertThat(linked).isZero();
        TestsJvm run = TestsJvm.run(folder, runtime, "junit6", List.of(), List.of(FIXTURES));
        assertThat(run.of("Fixtures").problem().message())
                .isEqualTo("HeldBy cannot watch these tests: the Java runtime " + runtime + " has no module jdk.attach."
                        + WAY_OUT);
    }

    @Test
    void should_point_to_the_agents_own_words_when_an_option_is_wrong() throws Exception {
        TestsJvm run = run("-Dheldby.level=loud", FIXTURES);
        assertThat(run.of("Fixtures").problem().message())
                .isEqualTo("HeldBy cannot watch these tests: the agent did not start; its line on the error stream says"
                        + " why." + WAY_OUT);
        assertThat(run.output()).contains("Unknown level \"loud\"; the levels are off, count, trace and full.");
    }

    @Test
    void should_print_what_the_documentation_shows() throws Exception {
        TestsJvm run = run("-javaagent:" + TestsJvm.AGENT + "=level=full,mode=junit", "shop.UploadTests");
        String message = run.of("UploadTests.refusesWhatIsTooLong").problem().message();
        ShopTests.assertShown(message);
        new ShopTests("UploadTests").assertShown();
    }
}
