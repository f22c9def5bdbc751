// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.junit.Outcome.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension with each JUnit, in a JVM that the extension itself attaches the agent to. */
@ParameterizedClass
@ValueSource(strings = {"junit5", "junit6"})
class HeldByExtensionIT {
    private static final String INNER = "dev.heldby.junit.inner.";
    private static final Map<String, TestsJvm> RUNS = new HashMap<>();

    @Parameter
    String junit;

    @BeforeAll
    static void runBoth(@TempDir Path folder) throws IOException, InterruptedException {
        for (String junit : List.of("junit5", "junit6")) {
            if (!RUNS.containsKey(junit)) {
                RUNS.put(junit, run(Files.createDirectory(folder.resolve(junit)), junit));
            }
        }
    }

    /** The one about neighbours alone, since only there a test knows what else is open. */
    private static TestsJvm run(Path folder, String junit) throws IOException, InterruptedException {
        TestsJvm alone = runClasses(folder, junit, "Neighbours");
        TestsJvm others = runClasses(folder, junit, "Lent", "Leaks", "Fixtures", "BadFixtures", "Unannotated");
        assertThat(folder).isDirectoryNotContaining("glob:**.snapshot");
        Map<String, Outcome> all = new HashMap<>(others.outcomes());
        all.putAll(alone.outcomes());
        return new TestsJvm(all, alone.output() + others.output());
    }

    private static TestsJvm runClasses(Path folder, String junit, String... classes)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "junit.jupiter.execution.parallel.enabled=true",
                "junit.jupiter.execution.parallel.config.strategy=fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism=4"));
        Arrays.stream(classes).map(INNER::concat).forEach(arguments::add);
        return TestsJvm.run(folder, junit, List.of(), arguments);
    }

    private Outcome outcome(String test) {
        return RUNS.get(junit).of(test);
    }

    private Problem problem(String test) {
        assertThat(outcome(test).status()).as(test).isEqualTo("FAILED");
        return outcome(test).problem();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Leaks.releases",
                "Leaks.releasesLaterElsewhere",
                "Leaks.releasesTwiceOnPurpose",
                "Leaks.isUnchecked",
                "Leaks.holdsAsAllowed",
                "Leaks.loadsAClassWithAStaticBuffer",
                "Leaks.isGiven#1",
                "Leaks",
                "Fixtures.isClean",
                "Fixtures.Inner.isClean",
                "Fixtures.Inner",
                "Fixtures",
                "BadFixtures.HoldsInCallbacks.isNotWatched",
                "BadFixtures.HoldsInBeforeAll.isInnocent",
                "Neighbours.isInnocent",
                "Lent.Watched",
                "Lent.Watched.waits",
                "Lent.Watched.waitsToo",
                "Lent.Unwatched.holds",
                "Unannotated.holds"
            })
    void should_pass_what_gives_back_in_time(String test) {
        assertThat(outcome(test).problem()).as(test).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Leaks.holds, held when its scope ended, Leaks.holds",
        "Leaks.drops, missing release, Leaks.drops",
        "Leaks.releasesTooLate, held when its scope ended, Leaks.releasesTooLate",
        "Leaks.leaksOnItsOwnThread, held when its scope ended, Leaks.lambda$leaksOnItsOwnThread$",
        "Leaks.swallowsSurplusRelease, surplus release, Leaks.releaseOnceMore",
        "Leaks.swallowsLapsedUse, use after release, Leaks.swallowsLapsedUse",
        "Leaks.isGiven#2, held when its scope ended, Leaks.isGiven",
        "Leaks.holdsMoreThanAllowed, 2 x CompositeByteBuf leaked, Leaks.holdsMoreThanAllowed",
        "Fixtures.holds, held when its scope ended, Fixtures.holds",
        "Fixtures.leaksOnTheServersThread, held when its scope ended, Fixtures.lambda$leaksOnTheServersThread$",
        "Fixtures.Inner.holds, held when its scope ended, Fixtures$Inner.holds",
        "BadFixtures.HoldsInConstructor.isBlamed, held when its scope ended, BadFixtures$HoldsInConstructor.<init>",
        "BadFixtures.HoldsInCallbacks.isBlamed, held when its scope ended, BadFixtures$HoldsInCallbacks.open",
        "BadFixtures.HoldsInBeforeAll, held when its scope ended, BadFixtures$HoldsInBeforeAll.open",
        "Neighbours.leaks, held when its scope ended, Neighbours.",
        "Neighbours, held when its scope ended, Neighbours.lambda$isInnocent$",
    })
    void should_fail_the_guilty_test_at_the_guilty_frame(String test, String message, String frame) {
        Problem problem = problem(test);
        assertThat(problem.type()).isEqualTo("java.lang.AssertionError");
        assertThat(problem.message()).contains(message);
        assertThat(problem.firstFrame()).startsWith(frame);
    }

    @ParameterizedTest
    @CsvSource({
        "Leaks.failsAndHolds, the test's own failure, Leaks.failsAndHolds",
        "BadFixtures.FailsInConstructor.isBlamed, the constructor's own failure, BadFixtures$FailsInConstructor.<init>",
    })
    void should_not_hide_the_failure_of_the_test_itself(String test, String message, String frame) {
        Problem problem = problem(test);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.suppressed()).extracting(Problem::firstFrame).containsExactly(frame);
    }

    @Test
    void should_lead_to_every_finding_when_there_are_several() {
        assertThat(problem("Leaks.leaksTwice").message()).contains("2. missing release", "no other findings");
        assertThat(problem("Leaks.leaksTwice").suppressed())
                .singleElement()
                .satisfies(second -> assertThat(second.firstFrame()).isEqualTo("Leaks.leaksTwice"));
    }

    @Test
    void should_blame_a_test_for_its_own_threads_when_others_run_beside_it() {
        assertThat(problem("Neighbours.leaks").message())
                .contains("Neighbours.leaks(", "Neighbours.lambda$leaks$")
                .doesNotContain("isInnocent");
    }

    @Test
    void should_show_the_frames_of_neither_junit_nor_ours() {
        assertThat(problem("BadFixtures.HoldsInConstructor.isBlamed").message())
                .contains("frames of the JDK and org.junit and dev.heldby\n")
                .doesNotContain("WatchedScope", "HeldByExtension.");
    }

    @Test
    void should_only_note_an_allowed_leak_that_did_not_happen() {
        assertThat(outcome("Leaks.doesNotHoldAllThatIsAllowed").problem()).isNull();
        assertThat(outcome("Leaks.doesNotHoldAllThatIsAllowed").notes())
                .containsExactly("The allowed leak of PooledSlicedByteBuf did not happen: it is a test");
    }
}
