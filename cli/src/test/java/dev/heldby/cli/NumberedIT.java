// SPDX-License-Identifier: Apache-2.0
package dev.heldby.cli;

import static dev.heldby.cli.Started.heldby;
import static dev.heldby.cli.Started.runExample;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each numbered example shows what its header says. */
class NumberedIT {
    private static final String PACKAGE = "com.example.numbered.";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    E01_ForgottenStream             | 1 missing-release E01_ForgottenStream.isEmpty
                    E02_CacheForgetsItsRelease      | 1 missing-release E02_CacheForgetsItsRelease$Cache.put
                    E03_WrongHolderReleases         | 1 surplus-release E03_WrongHolderReleases$Guest.leave
                    E04_ReadAfterRelease            | 1 use-after-release E04_ReadAfterRelease.main
                    E05_OneBugTenPatterns           | 2000 missing-release E05_OneBugTenPatterns.use
                    E06_ZipAndDirectoryStreams      | 1 missing-release E06_ZipAndDirectoryStreams.countBytes, \
                    1 missing-release E06_ZipAndDirectoryStreams.countEntries, \
                    1 missing-release E06_ZipAndDirectoryStreams.countFiles
                    E07_DeviceWithHolders           | 1 missing-release E07_DeviceWithHolders$Tunnel.open
                    E08_ReaderWithUsersAndCount     | 1 missing-release E08_ReaderWithUsersAndCount$Backup.start
                    E09_HandleAroundANativeResource | 1 lapsed-use E09_HandleAroundANativeResource$Meter.read
                    """)
    void should_name_the_defect_that_is_planted(String example, String findings) throws Exception {
        assertThat(reported(example).countedSuspects().stream()
                        .map(found -> found.replace(PACKAGE, ""))
                        .sorted())
                .isEqualTo(Arrays.asList(findings.split(", ")));
    }

    @Test
    void should_not_guess_who_released_too_often_when_nothing_tells() throws Exception {
        Reported reported = reported("E03_WrongHolderReleases", "--ambiguous");

        assertThat(reported.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.get("kind").asText()).isEqualTo("surplus-release");
            assertThat(finding.get("summary").asText()).contains("HeldBy cannot be sure by whom");
            assertThat(finding.at("/suspect/confidence").asDouble()).isLessThan(0.5);
        });
    }

    @Test
    void should_say_where_a_tracked_reference_is_given_back_when_all_goes_well() throws Exception {
        assertThat(reported("E07_DeviceWithHolders").findings()).singleElement().satisfies(finding -> {
            assertThat(finding.get("detectedBy").asText()).isEqualTo("closed");
            assertThat(finding.get("rule").asText()).isEqualTo("directory");
            assertThat(finding.get("type").asText()).isEqualTo("device");
            assertThat(finding.get("healthy").asLong()).isEqualTo(19);
            assertThat(Reported.place(finding.at("/expected/0/site")))
                    .isEqualTo(PACKAGE + "E07_DeviceWithHolders$Tunnel.close");
        });
    }

    @Test
    void should_say_where_a_slots_reference_is_given_back_when_all_goes_well() throws Exception {
        assertThat(reported("E08_ReaderWithUsersAndCount").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.get("detectedBy").asText()).isEqualTo("closed");
                    assertThat(finding.get("rule").asText()).isEqualTo("slot");
                    assertThat(finding.get("type").asText()).isEqualTo("reader.count");
                    assertThat(finding.get("healthy").asLong()).isEqualTo(19);
                    assertThat(Reported.place(finding.at("/expected/0/site")))
                            .isEqualTo(PACKAGE + "E08_ReaderWithUsersAndCount$Backup.end");
                });
    }

    @Test
    void should_say_that_others_still_hold_what_a_closed_handle_was_used_for() throws Exception {
        assertThat(reported("E09_HandleAroundANativeResource").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.get("detectedBy").asText()).isEqualTo("call");
                    assertThat(finding.get("rule").asText()).isEqualTo("handle");
                    assertThat(finding.get("type").asText()).isEqualTo("java.util.zip.Inflater");
                    assertThat(finding.get("summary").asText())
                            .contains("Connection.hangUp", "while others still hold it");
                });
    }

    @Test
    void should_expect_the_close_that_the_program_has_and_not_one_of_the_jdk() throws Exception {
        assertThat(reported("E06_ZipAndDirectoryStreams").findings())
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding.get("expected"))
                        .singleElement()
                        .satisfies(expected -> {
                            assertThat(Reported.place(expected.get("site")))
                                    .isEqualTo(Reported.place(finding.at("/suspect/site")));
                            assertThat(expected.get("support").asInt()).isZero();
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E01_ForgottenStream",
                "E02_CacheForgetsItsRelease",
                "E03_WrongHolderReleases",
                "E03_WrongHolderReleases --ambiguous",
                "E04_ReadAfterRelease",
                "E05_OneBugTenPatterns",
                "E06_ZipAndDirectoryStreams",
                "E07_DeviceWithHolders",
                "E08_ReaderWithUsersAndCount",
                "E09_HandleAroundANativeResource"
            })
    void should_find_nothing_when_the_defect_is_repaired(String example) throws Exception {
        assertThat(reported((example + " --fixed").split(" ")).findings()).isEmpty();
    }

    /** A few may be hidden by words that happen to look like their addresses. */
    @Test
    void should_find_the_off_heap_blocks_of_removed_entries() throws Exception {
        Reported reported = reported(List.of("--blocks"), "E10_OffHeapMapThatForgets");

        assertThat(reported.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.get("kind").asText()).isEqualTo("unreferenced-memory");
            assertThat(finding.get("detectedBy").asText()).isEqualTo("scan");
            assertThat(finding.get("rule").asText()).isEqualTo("memory");
            assertThat(finding.get("count").asLong()).isBetween(380L, 400L);
            assertThat(Reported.place(finding.at("/suspect/site")))
                    .isEqualTo(PACKAGE + "E10_OffHeapMapThatForgets$Map.put");
        });
        assertThat(reported(List.of("--blocks"), "E10_OffHeapMapThatForgets", "--fixed")
                        .findings())
                .isEmpty();
    }

    @Test
    void should_give_back_buffers_that_nobody_closes_when_references_are_counted() throws Exception {
        assertThat(counted("--counted", "E11_BuffersThatNobodyCloses").out().lines())
                .containsExactly("messages refused: 100, free buffers: 3, last: 999", "free buffers in the end: 4");
        assertThat(counted("--level=full", "E11_BuffersThatNobodyCloses").out().lines())
                .containsExactly("message 4: no free buffer");
    }

    @Test
    void should_leave_the_nodes_of_a_tree_that_know_their_parents() throws Exception {
        assertThat(counted("--counted", "E12_TreeWithParents").out().lines())
                .startsWith("nodes left: 5", "right below root")
                .contains("no other findings")
                .filteredOn(line -> line.contains("missing release: 1 x E12_TreeWithParents$Node"))
                .hasSize(5);
    }

    @Test
    void should_fell_the_tree_when_parents_are_weak() throws Exception {
        Started fixed = counted("--counted", "E12_TreeWithParents", "--fixed");

        assertThat(fixed.out().lines())
                .containsExactly(
                        "root is gone",
                        "left is gone",
                        "leaf is gone",
                        "bud is gone",
                        "nodes left: 1",
                        "right below nothing",
                        "right is gone");
        assertThat(fixed.err()).isEqualTo("HeldBy: no findings\n");
    }

    /** From the folder of the examples alone: their jar has all of Netty, which would be woven as well. */
    private Started counted(String option, String... exampleAndWords) throws Exception {
        Path classes = Path.of("..", "examples", "target", "classes").toAbsolutePath();
        List<String> args = new ArrayList<>(List.of("run", option, "--", Started.JAVA, "-cp", classes.toString()));
        args.add(PACKAGE + exampleAndWords[0]);
        args.addAll(Arrays.asList(exampleAndWords).subList(1, exampleAndWords.length));
        return heldby(folder, args.toArray(String[]::new));
    }

    private Reported reported(String... exampleAndWords) throws Exception {
        return reported(List.of(), exampleAndWords);
    }

    private Reported reported(List<String> options, String... exampleAndWords) throws Exception {
        Path json = folder.resolve("out.json");
        String[] words = exampleAndWords.clone();
        words[0] = PACKAGE + words[0];
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--report", json.toString()));
        Started run = heldby(folder, runExample(all, words));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Reported.in(json);
    }
}
