// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.junit.Outcome.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tracking library reports fails the test that did it, with the agent and without. */
class LibraryIT {
    private static final String INNER = "dev.heldby.junit.inner.";

    @TempDir
    Path folder;

    private TestsJvm run(List<String> options, String... classes) throws Exception {
        List<String> arguments = new ArrayList<>();
        for (String name : classes) {
            arguments.add(INNER + name);
        }
        return TestsJvm.run(folder, "junit6", options, arguments);
    }

    private static void assertFound(TestsJvm run) {
        assertThat(run.of("Tracked.gives_back").problem()).isNull();
        Problem leak = run.of("Tracked.forgets").problem();
        assertThat(leak.message()).contains("1. missing release: 1 x device, ", "taken and never given back:");
        assertThat(leak.firstFrame()).isEqualTo("Tracked.forgets");
        Problem surplus = run.of("Tracked.gives_back_twice").problem();
        assertThat(surplus.message()).contains("1. surplus release: 1 x device");
    }

    @Test
    void should_fail_the_guilty_test_when_the_agent_is_there_from_the_start() throws Exception {
        TestsJvm run = run(List.of("-javaagent:" + TestsJvm.AGENT + "=level=full,mode=junit"), "Tracked");

        assertFound(run);
        assertThat(run.of("Tracked.forgets").problem().message()).doesNotContain("unreliable");
    }

    /** JUnit loads the types of a test class's methods before any extension has its turn. */
    @ParameterizedTest
    @ValueSource(strings = {"Tracked", "TrackedBefore,Tracked"})
    void should_fail_it_without_the_agent_and_say_so_when_the_library_was_loaded_first(String classes)
            throws Exception {
        TestsJvm run = run(List.of(), classes.split(","));

        assertFound(run);
        assertThat(run.of("Tracked.forgets").problem().message())
                .contains("The tracking library was used before the first watched test, so the agent was not attached");
    }

    @Test
    void should_print_what_the_documentation_shows() throws Exception {
        TestsJvm run = TestsJvm.run(
                folder,
                "junit6",
                List.of("-javaagent:" + TestsJvm.AGENT + "=level=full,mode=junit"),
                List.of("shop.RoomTests"));

        ShopTests.assertShown(
                run.of("RoomTests.isFreeAfterTheSeminar").problem().message());
        assertThat(run.of("RoomTests.isFreeAfterTheLecture").status()).isEqualTo("SUCCESSFUL");
        assertThat(run.of("RoomTests").status()).isEqualTo("SUCCESSFUL");
        new ShopTests("RoomTests").assertShown();
    }

    @Test
    void should_say_of_its_limits_what_the_documentation_shows() throws Exception {
        TestsJvm run = TestsJvm.run(folder, "junit6", List.of(), List.of("shop.RoomTests"));

        String message = run.of("RoomTests.isFreeAfterTheSeminar").problem().message();
        assertThat(message).contains("1. missing release: 1 x room, ");
        ShopTests.assertShown(message.substring(message.indexOf("unreliable, ")));
    }
}
