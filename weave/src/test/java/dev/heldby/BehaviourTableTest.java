// SPDX-License-Identifier: Apache-2.0
package dev.heldby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.BehaviourTable.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BehaviourTableTest {
    private static final Claim FIRST = new Claim("XA-1", "BoxTest", "should_open", "");
    private static final Claim SECOND = new Claim("XA-2", "BoxTest.Closed", "should_stay_shut", "Opens | shuts.");
    private static final Claim THIRD = new Claim("XB-1", "LidTest", "should_fit", "");

    private final BehaviourTable table = BehaviourTable.of(List.of(
            "# XA  Boxes  (lib/box.c)",
            "XA-1  It opens.",
            "XA-2\tIt shuts.",
            "",
            "# XB  Lids  (lib/lid.c)",
            "XB-1  It fits."));

    @Test
    void should_find_no_fault_when_each_number_is_claimed_once() {
        assertThat(table.faults(List.of(FIRST, SECOND, THIRD), Set.of("XA", "XB")))
                .isEmpty();
    }

    @Test
    void should_name_the_number_when_no_test_claims_it() {
        assertThat(table.faults(List.of(FIRST), Set.of("XA", "XB")))
                .containsExactly("No test claims XA-2.", "No test claims XB-1.");
    }

    @Test
    void should_not_miss_a_number_when_its_system_is_not_complete_yet() {
        assertThat(table.faults(List.of(FIRST, SECOND), Set.of("XA"))).isEmpty();
    }

    @Test
    void should_name_both_tests_when_two_claim_one_number() {
        Claim again = new Claim("XA-1", "LidTest", "should_open_too", "");

        assertThat(table.faults(List.of(again, FIRST), Set.of()))
                .containsExactly("More than one test claims XA-1: BoxTest.should_open, LidTest.should_open_too.");
    }

    @Test
    void should_name_the_test_when_it_claims_a_number_that_does_not_exist() {
        Claim unknown = new Claim("XA-3", "BoxTest", "should_vanish", "");

        assertThat(table.faults(List.of(unknown), Set.of()))
                .containsExactly("BoxTest.should_vanish claims XA-3, which is not in the list.");
    }

    @Test
    void should_name_the_system_when_one_that_is_not_listed_is_to_be_complete() {
        assertThat(table.faults(List.of(), Set.of("XC")))
                .containsExactly("XC is to be complete, but is not in the list.");
    }

    @Test
    void should_refuse_a_list_when_a_number_is_left_out() {
        List<String> lines = List.of("# XA  Boxes  (lib/box.c)", "XA-2  It shuts.");

        assertThatThrownBy(() -> BehaviourTable.of(lines)).hasMessageContaining("XA-2  It shuts.");
    }

    @Test
    void should_have_a_table_for_each_system() {
        assertThat(table.page(List.of(FIRST, SECOND)))
                .startsWith("# Behaviours\n")
                .endsWith("""

                        ## Boxes

                        As in lib/box.c: 2 of 2 shown by a test.

                        | number | what is to happen | test | HeldBy's choice |
                        |---|---|---|---|
                        | XA-1 | It opens. | `BoxTest`: should open |  |
                        | XA-2 | It shuts. | `BoxTest.Closed`: should stay shut | Opens \\| shuts. |

                        ## Lids

                        As in lib/lid.c: 0 of 1 shown by a test.

                        | number | what is to happen | test | HeldBy's choice |
                        |---|---|---|---|
                        | XB-1 | It fits. |  |  |
                        """);
    }

    @Test
    void should_leave_a_page_alone_when_it_is_up_to_date(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), "one\r\ntwo\r\n");

        assertThat(BehaviourTable.refresh(page, "one\ntwo\n")).isEmpty();
        assertThat(page).hasContent("one\r\ntwo\r\n");
    }

    @Test
    void should_write_a_page_anew_and_say_so_when_it_is_out_of_date(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), "old\n");

        assertThat(BehaviourTable.refresh(page, "new\n"))
                .hasValue("page.md was out of date and has been written anew; commit it.");
        assertThat(page).hasContent("new\n");
    }

    @Test
    void should_write_a_page_when_there_is_none(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");

        assertThat(BehaviourTable.refresh(page, "new\n")).isPresent();
        assertThat(page).hasContent("new\n");
    }
}
