// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Behaviour;
import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import org.junit.jupiter.api.Test;

/** What is listed as unreclaimed; each text is compared whole. */
class HistoriesTest {
    private static final String HINT =
            "Their gets and puts are in the verbose report: -Dheldby.history.report=verbose\n";

    private final Watch watch = new Watch(Level.FULL);
    private final Object object = new Object();

    private void assertSilent() {
        assertThat(watch.atExit(true)).isEmpty();
        assertThat(watch.histories.report(false)).isEmpty();
        assertThat(watch.histories.report(true)).isEmpty();
        assertThat(watch.complaints).isEmpty();
    }

    @Test
    @Behaviour("MR-1")
    void should_be_silent_when_the_only_reference_is_put_and_the_object_exits() {
        CountHistory history = watch.begin("map");
        assertThat(history.put()).isTrue();
        history.exit();

        assertSilent();
    }

    @Test
    @Behaviour("MR-2")
    void should_be_silent_when_every_get_has_its_put_and_the_object_exits() {
        CountHistory history = watch.begin("map");
        history.get();
        assertThat(history.put()).isFalse();
        assertThat(history.put()).isTrue();
        history.exit();

        assertSilent();
    }

    @Test
    @Behaviour("MR-3")
    void should_list_the_events_in_order_with_stacks_when_an_object_does_not_exit() {
        CountHistory history = watch.histories.begin(watch.here(object), "map", 1);
        watch.here(history).get();
        watch.here(history).put();

        assertThat(watch.histories.report(true))
                .isEqualTo("==== [0] ====\n"
                        + "Unreclaimed map@1\n"
                        + "Refcount +1 => 1 at\n"
                        + watch.stacks.get(0)
                        + "Refcount +1 => 2 at\n"
                        + watch.stacks.get(1)
                        + "Refcount -1 => 1 at\n"
                        + watch.stacks.get(2)
                        + "Total 1 objects are not reclaimed.\n");
    }

    @Test
    @Behaviour(
            value = "MR-4",
            choice =
                    "Listed, since only an exit says that the object is reclaimed. No finding: that needs a reference.")
    void should_list_an_object_when_its_count_is_zero_and_it_did_not_exit() {
        CountHistory history = watch.histories.begin(watch.here(object), "map", 1);
        assertThat(watch.here(history).put()).isTrue();

        assertThat(watch.histories.report(true))
                .isEqualTo("==== [0] ====\n"
                        + "Unreclaimed map@1\n"
                        + "Refcount +1 => 1 at\n"
                        + watch.stacks.get(0)
                        + "Refcount -1 => 0 at\n"
                        + watch.stacks.get(1)
                        + "Total 1 objects are not reclaimed.\n");
        assertThat(watch.snapshots.atExit().observations()).isEmpty();
    }

    @Test
    @Behaviour("MR-5")
    void should_list_only_the_leaked_object_when_there_are_two() {
        CountHistory good = watch.begin("good");
        CountHistory leaked = watch.histories.begin(watch.here(object), "leaked", 1);
        good.put();
        good.exit();

        assertThat(leaked.count()).isEqualTo(1);
        assertThat(watch.histories.report(true))
                .isEqualTo("==== [0] ====\n"
                        + "Unreclaimed leaked@2\n"
                        + "Refcount +1 => 1 at\n"
                        + watch.stacks.get(0)
                        + "Total 1 objects are not reclaimed.\n");
    }

    @Test
    @Behaviour("MR-6")
    void should_say_how_many_and_how_to_see_them_when_not_verbose() {
        watch.begin("map");
        watch.begin("thread");

        assertThat(watch.histories.report(false)).isEqualTo("Total 2 objects are not reclaimed.\n" + HINT);
    }

    @Test
    @Behaviour("MR-7")
    void should_record_only_what_the_filter_names() {
        Watch maps = new Watch(Level.FULL, "maps*", 1000);
        maps.begin("maps_of_one");
        CountHistory other = maps.begin("thread");
        other.get();
        assertThat(other.put()).isFalse();
        assertThat(other.put()).isTrue();
        assertThat(other.put()).isFalse();
        other.exit();
        other.exit();

        assertThat(maps.complaints).isEmpty();
        assertThat(maps.observations()).isEmpty();
        assertThat(maps.histories.report(false)).isEqualTo("Total 1 objects are not reclaimed.\n" + HINT);
    }

    @Test
    @Behaviour(
            value = "MR-8",
            choice =
                    "A get, put or exit needs the object's history, so that none is of an unknown object and there are no"
                            + " entries without a name. What comes after the exit is the unknown of the kernel's first version: a"
                            + " complaint and a finding, and no new entry.")
    void should_complain_when_something_comes_after_the_exit() {
        CountHistory history = watch.begin("map");
        assertThat(history.put()).isTrue();
        watch.here(history).exit();
        watch.here(history).exit();
        watch.here(history).get();

        assertThat(watch.complaints)
                .containsExactly(
                        new Complaint(
                                "history",
                                "second-exit",
                                "map@1",
                                "map@1 was exited after its exit.\n" + watch.stacks.get(1) + "The exit was at\n"
                                        + watch.stacks.get(0),
                                true),
                        new Complaint(
                                "history",
                                "get-after-exit",
                                "map@1",
                                "map@1 was got after its exit.\n" + watch.stacks.get(2) + "The exit was at\n"
                                        + watch.stacks.get(1),
                                true));
        assertThat(watch.observations())
                .extracting(Watch::words)
                .containsExactlyInAnyOrder(
                        "MISUSE map 1 [BORN 1, PUT 0, DEAD 0, DEAD 0]",
                        "MISUSE map 1 [BORN 1, PUT 0, DEAD 0, DEAD 0, GET 1]");
        assertThat(watch.histories.report(true)).isEmpty();
    }

    @Test
    @Behaviour("MR-9")
    void should_begin_with_zero_when_the_object_does() {
        CountHistory history = watch.histories.begin(watch.here(object), "map", 0);
        watch.here(history).get();

        assertThat(watch.histories.report(true))
                .isEqualTo("==== [0] ====\n"
                        + "Unreclaimed map@1\n"
                        + "Refcount +1 => 0 at\n"
                        + watch.stacks.get(0)
                        + "Refcount +1 => 1 at\n"
                        + watch.stacks.get(1)
                        + "Total 1 objects are not reclaimed.\n");
        assertThat(watch.complaints).isEmpty();
    }

    @Test
    @Behaviour("MR-10")
    void should_only_count_when_the_level_is_off() {
        Watch off = new Watch(Level.OFF);
        CountHistory history = off.begin("map");
        history.get();
        assertThat(history.count()).isEqualTo(2);
        assertThat(history.put()).isFalse();
        assertThat(history.put()).isTrue();
        assertThat(history.put()).isFalse();
        assertThat(history.count()).isEqualTo(-1);
        history.exit();
        history.exit();
        off.begin("leaked");

        assertThat(off.atExit(true)).isEmpty();
        assertThat(off.histories.report(true)).isEmpty();
        assertThat(off.complaints).isEmpty();
        assertThat(off.snapshots.atExit().observations()).isEmpty();
    }

    @Test
    @Behaviour(value = "MR-11", choice = "Each history has a number of its own, so that no two objects ever merge.")
    void should_start_afresh_when_the_same_object_begins_again() {
        CountHistory first = watch.begin(object, "map");
        first.put();
        first.exit();
        CountHistory second = watch.histories.begin(watch.here(object), "map", 1);

        assertThat(second.count()).isEqualTo(1);
        assertThat(watch.histories.report(true))
                .isEqualTo("==== [0] ====\n"
                        + "Unreclaimed map@2\n"
                        + "Refcount +1 => 1 at\n"
                        + watch.stacks.get(0)
                        + "Total 1 objects are not reclaimed.\n");
    }

    @Test
    void should_say_no_stack_when_the_level_is_count() {
        Watch counting = new Watch(Level.COUNT);
        CountHistory history = counting.begin(object, "map");
        history.get();
        history.put();

        assertThat(counting.histories.report(true))
                .isEqualTo("==== [0] ====\n"
                        + "Unreclaimed map@1\n"
                        + "Refcount +1 => 1 (no stack)\n"
                        + "Refcount +1 => 2 (no stack)\n"
                        + "Refcount -1 => 1 (no stack)\n"
                        + "Total 1 objects are not reclaimed.\n");
    }

    @Test
    void should_go_on_without_stacks_when_the_level_is_switched_off_meanwhile() {
        CountHistory history = watch.histories.begin(watch.here(object), "map", 1);
        watch.recorder.setLibraryLevel(Level.OFF);
        history.get();

        assertThat(watch.histories.report(true))
                .isEqualTo("==== [0] ====\nUnreclaimed map@1\nRefcount +1 => 1 at\n" + watch.stacks.get(0)
                        + "Refcount +1 => 2 (no stack)\nTotal 1 objects are not reclaimed.\n");
    }

    @Test
    void should_say_how_many_events_are_not_kept_when_there_are_too_many() {
        Watch counting = new Watch(Level.COUNT);
        CountHistory history = counting.begin(object, "map");
        for (int i = 0; i < 50; i++) {
            history.get();
        }
        StringBuilder expected = new StringBuilder("==== [0] ====\nUnreclaimed map@1\n");
        for (int i = 1; i <= 51; i++) {
            expected.append(i == 25 ? "(3 events between are not kept)\n" : "");
            expected.append(i >= 25 && i < 28 ? "" : "Refcount +1 => " + i + " (no stack)\n");
        }

        assertThat(counting.histories.report(true)).isEqualTo(expected + "Total 1 objects are not reclaimed.\n");
    }

    @Test
    void should_say_how_many_are_unknown_when_there_is_no_room() {
        Watch small = new Watch(Level.FULL, null, 1);
        small.begin("map");
        CountHistory turnedAway = small.begin("map");
        turnedAway.get();
        assertThat(turnedAway.count()).isEqualTo(2);

        assertThat(small.histories.report(false))
                .isEqualTo("Total 1 objects are not reclaimed.\n"
                        + "Of 1 more objects nothing is known for want of room.\n" + HINT);
    }

    @Test
    void should_write_the_report_and_complain_when_the_process_ends() {
        watch.begin("map");

        assertThat(watch.atExit(false))
                .isEqualTo("Unreclaimed objects were found.\nTotal 1 objects are not reclaimed.\n" + HINT);
        assertThat(watch.complaints)
                .containsExactly(new Complaint(
                        "history", "unreclaimed", "", "Unreclaimed objects were found, as standard error says.", true));
    }
}
