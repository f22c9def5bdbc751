// SPDX-License-Identifier: Apache-2.0
package dev.heldby.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Behaviour;
import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.library.Library;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private final Library library = Library.full("directory");
    private final Directories directories = new Directories(library.witness);
    private final Directory directory = open("netdev");

    private Directory open(String name) {
        return new Directory.Builder(directories, name).open();
    }

    private Directory.Builder builder(String name) {
        return new Directory.Builder(directories, name);
    }

    private Tracker takeHere() {
        return directory.take();
    }

    private Tracker takeThere() {
        return directory.take();
    }

    /** The stack of each call differs in its depth. */
    private static Tracker takeBeneath(int frames, Directory from) {
        return frames == 0 ? from.take() : takeBeneath(frames - 1, from);
    }

    /** The lines of a report without those of stacks. */
    private static String headings(String report) {
        return report.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith(" "))
                .collect(Collectors.joining("\n"));
    }

    private static int count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).split(text, -1).length - 1;
    }

    private Complaint onlyComplaint() {
        assertThat(library.complaints()).hasSize(1);
        return library.complaints().get(0);
    }

    @Test
    @Behaviour("RT-1")
    void should_say_nothing_when_what_was_taken_was_released() {
        assertThat(takeHere().release()).isEqualTo(Release.RELEASED);
        directory.close();

        assertThat(library.complaints()).isEmpty();
        assertThat(library.observations()).isEmpty();
    }

    @Test
    @Behaviour("RT-2")
    void should_name_the_stack_that_took_when_closed_with_one_reference_left() {
        takeHere();
        directory.close();

        Complaint leak = onlyComplaint();
        assertThat(leak.kind()).isEqualTo("leak");
        assertThat(headings(leak.text())).isEqualTo("""
                        netdev@1: closed with references left: 1.
                        netdev@1 has 1/1 users at""");
        assertThat(leak.text()).contains("DirectoryTest.takeHere(DirectoryTest.java:");
        assertThat(library.observations()).singleElement().satisfies(leaked -> {
            assertThat(leaked.state()).isEqualTo(Observation.State.HELD_AT_CLOSE);
            assertThat(leaked.type()).isEqualTo("netdev");
            assertThat(leaked.example().birth().get(0).getMethodName()).isEqualTo("takeHere");
        });
    }

    @Test
    @Behaviour("RT-3")
    void should_answer_with_both_stacks_when_released_twice() {
        Tracker tracker = takeHere();
        releaseHere(tracker);

        assertThat(releaseThere(tracker)).isEqualTo(Release.ALREADY_RELEASED);
        Complaint again = onlyComplaint();
        assertThat(again.kind()).isEqualTo("double-release");
        assertThat(headings(again.text()))
                .isEqualTo("""
                        netdev@1: reference already released.
                        taken by thread "%1$s" at
                        released by thread "%1$s" at
                        released again at""".formatted(Thread.currentThread().getName()));
        assertThat(again.text()).containsSubsequence(".takeHere(", ".releaseHere(", ".releaseThere(");
        assertThat(library.observations()).singleElement().satisfies(surplus -> {
            assertThat(surplus.state()).isEqualTo(Observation.State.SURPLUS_PUT);
            assertThat(surplus.example().events()).extracting(Event::op).containsExactly(Op.BORN, Op.PUT, Op.PUT);
        });
    }

    private static Release releaseHere(Tracker tracker) {
        return tracker.release();
    }

    private static Release releaseThere(Tracker tracker) {
        return tracker.release();
    }

    @Test
    @Behaviour(
            value = "RT-4",
            choice = "Each is told in full; the first at a place is logged as an error, as the kernel warns once, and"
                    + " the later ones as warnings.")
    void should_answer_with_the_first_release_again_when_released_a_third_time() {
        Tracker tracker = takeHere();
        releaseHere(tracker);
        for (int i = 0; i < 2; i++) {
            assertThat(releaseThere(tracker)).isEqualTo(Release.ALREADY_RELEASED);
        }

        List<Complaint> complaints = library.complaints();
        assertThat(complaints).hasSize(2).extracting(Complaint::isFirst).containsExactly(true, false);
        assertThat(complaints.get(1).text()).isEqualTo(complaints.get(0).text());
    }

    @Test
    @Behaviour(
            value = "RT-5",
            choice = "As upstream, it is complained of at once; but as a surplus release of its own, and the count of"
                    + " references without a tracker stays right, since nothing says that this was one of them.")
    void should_complain_at_once_when_nothing_was_ever_taken() {
        assertThat(directory.release(null)).isEqualTo(Release.NEVER_TAKEN);

        assertThat(onlyComplaint().text())
                .startsWith("netdev@1: release of a reference that was never taken, at\n")
                .contains(".should_complain_at_once_when_nothing_was_ever_taken(");
        directory.close();
        assertThat(library.complaints()).hasSize(1);
    }

    @Test
    @Behaviour(
            value = "RT-6",
            choice =
                    "Memory that fails and a bound that is reached are one case. The caller gets a tracker that stands for"
                            + " all such references, so that its release cannot be taken for another's.")
    void should_stay_silent_when_there_was_no_room_for_a_tracker_that_is_released() {
        Directory small = builder("small").capacity(1).open();
        Tracker first = small.take();

        Tracker second = small.take();

        assertThat(second.isHeld()).isFalse();
        assertThat(onlyComplaint().text())
                .isEqualTo("small@2: no room for a tracker; such references are only counted, so a report cannot say"
                        + " who holds them.");
        assertThat(second.release()).isEqualTo(Release.UNTRACKED);
        assertThat(first.release()).isEqualTo(Release.RELEASED);
        small.close();
        assertThat(library.complaints()).hasSize(1);
        assertThat(library.observations()).isEmpty();
    }

    @Test
    @Behaviour("RT-7")
    void should_say_only_once_that_there_is_no_room() {
        Directory small = builder("small").capacity(1).open();
        IntStream.range(0, 5).forEach(i -> small.take());

        assertThat(library.kinds()).containsExactly("no-room");
    }

    @Test
    @Behaviour("RT-8")
    void should_tell_of_the_imbalance_alone_when_an_untracked_reference_is_left() {
        Directory small = builder("small").capacity(1).open();
        Tracker first = small.take();
        small.take();
        first.release();
        small.close();

        assertThat(library.kinds()).containsExactly("no-room", "unbalanced");
        assertThat(library.complaints().get(1).text())
                .isEqualTo("small@2: closed with references for which there was no tracker left: 1.");
        assertThat(library.observations()).singleElement().satisfies(observation -> {
            assertThat(observation.state()).isEqualTo(Observation.State.MISUSE);
            assertThat(observation.note()).startsWith("closed with references for which there was no tracker left: 1");
        });
    }

    @Test
    void should_complain_when_a_reference_without_a_tracker_is_released_twice() {
        Directory small = builder("small").capacity(1).open();
        small.take();
        Tracker second = small.take();
        second.release();
        second.release();

        assertThat(library.kinds()).containsExactly("no-room", "surplus-release");
    }

    @Test
    @Behaviour("RT-9")
    void should_say_nothing_when_anonymous_references_are_balanced() {
        directory.takeAnonymous();
        assertThat(directory.releaseAnonymous()).isEqualTo(Release.RELEASED);
        directory.close();

        assertThat(library.complaints()).isEmpty();
    }

    @Test
    @Behaviour("RT-10")
    void should_tell_of_the_imbalance_without_a_group_when_an_anonymous_reference_is_left() {
        directory.takeAnonymous();
        directory.close();

        assertThat(onlyComplaint().text()).isEqualTo("netdev@1: closed with anonymous references left: 1.");
    }

    @Test
    @Behaviour("RT-11")
    void should_complain_at_once_and_at_the_end_when_an_anonymous_release_is_surplus() {
        assertThat(directory.releaseAnonymous()).isEqualTo(Release.NEVER_TAKEN);

        assertThat(onlyComplaint().text())
                .startsWith("netdev@1: release of an anonymous reference while none is out, at\n");
        directory.close();
        assertThat(library.complaints().get(1).text())
                .isEqualTo("netdev@1: closed after more anonymous references were given back than taken.");
    }

    @Test
    @Behaviour("RT-12")
    void should_blame_the_surplus_anonymous_release_and_not_the_tracked_one_after_it() {
        Tracker tracker = directory.take();
        directory.takeAnonymous();
        directory.releaseAnonymous();
        assertThat(library.complaints()).isEmpty();
        directory.releaseAnonymous();

        assertThat(library.kinds()).containsExactly("surplus-release");
        assertThat(tracker.release()).isEqualTo(Release.RELEASED);
        assertThat(library.complaints()).hasSize(1);
    }

    @Test
    @Behaviour("RT-13")
    void should_pass_the_kernels_own_test() throws InterruptedException {
        Directory dir = builder("selftest").quarantine(100).open();
        List<Tracker> trackers = new ArrayList<>();
        for (int i = 0; i < 19; i++) {
            trackers.add(takeBeneath(i, dir));
        }
        Timer timer = new Timer(true);
        CountDownLatch fired = new CountDownLatch(1);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        trackers.add(dir.take());
                        fired.countDown();
                    }
                },
                1);
        fired.await();
        timer.cancel();
        trackers.subList(1, 19).forEach(Tracker::release);
        assertThat(trackers.get(1).release()).isEqualTo(Release.ALREADY_RELEASED);
        dir.close();

        assertThat(library.kinds()).containsExactly("double-release", "leak");
        assertThat(headings(library.complaints().get(1).text())).isEqualTo("""
                        selftest@2: closed with references left: 2.
                        selftest@2 has 1/2 users at
                        selftest@2 has 1/2 users at""");
    }

    @Test
    @Behaviour("RT-14")
    void should_group_by_stack_with_the_newest_first() {
        for (int i = 0; i < 3; i++) {
            takeHere();
        }
        takeThere();

        String report = directory.report(10);
        assertThat(headings(report)).isEqualTo("""
                        netdev@1 has 1/4 users at
                        netdev@1 has 3/4 users at""");
        assertThat(report).containsSubsequence(".takeThere(", ".takeHere(");
    }

    @Test
    @Behaviour("RT-15")
    void should_say_how_many_are_left_out_when_there_are_more_stacks_than_the_limit() {
        IntStream.range(0, 5).forEach(i -> takeBeneath(i, directory));

        assertThat(headings(directory.report(2))).isEqualTo("""
                        netdev@1 has 1/5 users at
                        netdev@1 has 1/5 users at
                        netdev@1 skipped reports about 3/5 users.""");
    }

    @Test
    @Behaviour("RT-16")
    void should_count_older_references_of_a_stack_that_is_shown() {
        for (int frames : new int[] {4, 4, 0, 1, 2, 3, 4}) {
            takeBeneath(frames, directory);
        }

        assertThat(headings(directory.report(2))).isEqualTo("""
                        netdev@1 has 3/7 users at
                        netdev@1 has 1/7 users at
                        netdev@1 skipped reports about 3/7 users.""");
    }

    @Test
    @Behaviour("RT-17")
    void should_only_say_what_is_left_out_when_the_limit_is_0() {
        IntStream.range(0, 3).forEach(i -> directory.take());

        assertThat(directory.report(0)).isEqualTo("netdev@1 skipped reports about 3/3 users.\n");
    }

    @Test
    @Behaviour("RT-18")
    void should_have_no_report_when_nothing_is_held() {
        takeHere().release();

        assertThat(directory.report()).isEmpty();
    }

    @Test
    @Behaviour(value = "RT-19", choice = "As upstream: a report changes nothing. The first version's did.")
    void should_release_in_good_order_after_a_report() {
        Tracker tracker = takeHere();
        directory.report();

        assertThat(tracker.release()).isEqualTo(Release.RELEASED);
        assertThat(library.complaints()).isEmpty();
    }

    @Test
    @Behaviour(
            value = "RT-20",
            choice =
                    "A tracker that has left the quarantine answers a second release as well, since on the JVM it is not"
                            + " freed before its holder lets it go.")
    void should_answer_a_second_release_also_when_the_tracker_left_the_quarantine() {
        Directory dir = builder("netdev").quarantine(2).open();
        List<Tracker> trackers = IntStream.range(0, 3).mapToObj(i -> dir.take()).toList();
        trackers.forEach(DirectoryTest::releaseHere);

        assertThat(count(dir.recentlyReleased(), "released by thread")).isEqualTo(2);
        trackers.forEach(tracker -> assertThat(releaseThere(tracker)).isEqualTo(Release.ALREADY_RELEASED));
        assertThat(library.complaints())
                .hasSize(3)
                .allSatisfy(complaint -> assertThat(complaint.text()).contains(".releaseHere("));
    }

    @Test
    @Behaviour(
            value = "RT-21",
            choice =
                    "Nothing is kept for reports, but the tracker itself still knows its stacks, so that a second release"
                            + " is answered with them.")
    void should_keep_no_released_tracker_without_a_quarantine() {
        Tracker tracker = takeHere();
        releaseHere(tracker);

        assertThat(directory.recentlyReleased()).isEmpty();
        releaseThere(tracker);
        assertThat(onlyComplaint().text()).containsSubsequence(".takeHere(", ".releaseHere(");
    }

    @Test
    @Behaviour("RT-22")
    void should_have_its_whole_quarantine_back_when_closed() {
        Directory dir = builder("netdev").quarantine(4).open();
        IntStream.range(0, 4 + 3).forEach(i -> dir.take().release());
        assertThat(dir.account().quarantine.available()).isZero();
        dir.close();

        assertThat(dir.account().quarantine.available()).isEqualTo(4);
    }

    @Test
    @Behaviour("RT-23")
    void should_complain_but_do_it_when_taken_or_released_after_the_end() {
        Tracker early = takeHere();
        directory.close();
        assertThat(library.kinds()).containsExactly("leak");

        Tracker late = takeThere();
        assertThat(late.isHeld()).isTrue();
        assertThat(early.release()).isEqualTo(Release.RELEASED);
        assertThat(late.release()).isEqualTo(Release.RELEASED);

        assertThat(library.kinds())
                .containsExactly("leak", "taken-after-close", "released-after-close", "released-after-close");
        assertThat(library.complaints().get(1).text())
                .startsWith("netdev@1: reference taken after the directory was closed, at\n")
                .contains(".takeThere(");
    }

    @Test
    void should_complain_of_each_that_is_taken_too_late_when_it_is_only_counted() {
        Directory small = builder("small").capacity(1).open();
        Tracker early = small.take();
        early.release();
        small.close();

        small.take();
        Tracker uncounted = small.take();
        small.takeAnonymous();

        assertThat(uncounted.isHeld()).isFalse();
        assertThat(library.kinds())
                .containsExactly("taken-after-close", "no-room", "taken-after-close", "taken-after-close");
    }

    @Test
    @Behaviour("RT-24")
    void should_show_16_stacks_and_count_the_rest_when_closed_with_20_leaks() {
        IntStream.range(0, 20).forEach(i -> takeBeneath(i, directory));
        directory.close();

        String text = onlyComplaint().text();
        assertThat(count(text, "netdev@1 has 1/20 users at")).isEqualTo(16);
        assertThat(text).endsWith("netdev@1 skipped reports about 4/20 users.\n");
        assertThat(library.observations()).hasSize(20);
    }

    @Test
    @Behaviour(value = "RT-25", choice = "The cut text ends with three dots instead of a NUL.")
    void should_never_exceed_the_bound_when_a_report_is_cut() {
        IntStream.range(0, 5).forEach(i -> takeBeneath(i, directory));
        String whole = directory.report();

        for (int bound : new int[] {0, 1, 2, 3, 4, 100, whole.length() - 1}) {
            assertThat(directory.reportWithin(bound)).hasSize(bound);
        }
        assertThat(directory.reportWithin(100)).isEqualTo(whole.substring(0, 97) + "...");
        assertThat(directory.reportWithin(whole.length())).isEqualTo(whole);
        assertThat(directory.reportWithin(whole.length() + 1)).isEqualTo(whole);
    }

    @Test
    @Behaviour("RT-28")
    void should_hold_the_new_resource_and_not_the_old_one_when_replaced() {
        Directory other = open("netdev");
        Tracker old = takeHere();

        Tracker now = replaceHere(other, old);

        assertThat(directory.report()).isEmpty();
        assertThat(other.report()).startsWith("netdev@2 has 1/1 users at\n").contains(".replaceHere(");
        assertThat(old.isHeld()).isFalse();
        assertThat(now.release()).isEqualTo(Release.RELEASED);
        assertThat(library.complaints()).isEmpty();
    }

    private static Tracker replaceHere(Directory directory, Tracker old) {
        return directory.replace(old);
    }

    @Test
    @Behaviour("RT-29")
    void should_have_one_tracker_and_no_anonymous_reference_when_upgraded() {
        directory.takeAnonymous();
        Tracker tracker = directory.upgrade();

        assertThat(directory.held()).isEqualTo(1);
        tracker.release();
        directory.close();
        assertThat(library.complaints()).isEmpty();
    }

    @Test
    @Behaviour("RT-31")
    void should_keep_the_first_alias_until_it_is_closed() {
        directory.alias("eth0");
        directory.alias("eth1");
        takeHere();

        assertThat(directories.report("eth0")).startsWith("netdev@1 (eth0) has 1/1 users at\n");
        assertThatThrownBy(() -> directories.report("eth1")).isInstanceOf(IllegalArgumentException.class);
        directory.close();
        assertThatThrownBy(() -> directories.report("eth0"))
                .hasMessage("No open directory is named \"eth0\": it was closed, or there never was one.");
    }

    @Test
    @Behaviour(
            value = "RT-32",
            choice =
                    "There are no interrupts; what is trimmed in a report are the frames of the JDK outside the program's"
                            + " own, such as those of an executor, and how many is said.")
    void should_trim_the_executors_frames_when_taken_on_a_pool_thread() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        pool.submit(this::takeHere).get();
        pool.shutdown();

        assertThat(directory.report()).matches("""
                        (?s)netdev@1 has 1/1 users at
                             dev.heldby.tracker.DirectoryTest.takeHere\\(DirectoryTest.java:\\d+\\)
                             \\.\\.\\. \\d+ frames of the JDK

                        """);
    }

    @Test
    void should_refuse_and_name_both_when_released_to_another_directory() {
        Directory other = open("socket");
        Tracker tracker = takeHere();

        assertThat(other.release(tracker)).isEqualTo(Release.WRONG_DIRECTORY);

        assertThat(headings(onlyComplaint().text()))
                .isEqualTo("""
                        socket@2: a reference to netdev@1 is released here; it is still held there.
                        taken by thread "%s" at
                        released to the wrong directory at""".formatted(Thread.currentThread().getName()));
        assertThat(tracker.isHeld()).isTrue();
        assertThat(tracker.release()).isEqualTo(Release.RELEASED);
        assertThat(library.observations()).singleElement().satisfies(misuse -> {
            assertThat(misuse.type()).isEqualTo("socket");
            assertThat(misuse.note()).isEqualTo("a reference to another resource, netdev@1, is released to it");
        });
    }

    @Test
    void should_name_the_holders_when_they_gave_their_names() {
        for (String holder : List.of("a", "b", "c", "d", "a")) {
            directory.take(holder);
        }

        assertThat(headings(directory.report())).isEqualTo("netdev@1 has 5/5 users at (a, b, c, and 1 more)");
    }

    @Test
    void should_follow_without_stacks_when_the_level_is_count() {
        Library counted = new Library("directory", Level.COUNT);
        Directory dir = new Directory.Builder(new Directories(counted.witness), "netdev").open();
        IntStream.range(0, 3).forEach(i -> dir.take());
        Tracker tracker = dir.take();
        tracker.release();
        tracker.release();

        assertThat(dir.report())
                .isEqualTo("netdev@1 has 3/3 users without a recorded stack; level full records it\n\n");
        assertThat(counted.complaints().get(0).text()).startsWith("""
                        netdev@1: reference already released.
                        taken, stack not recorded; level full records it
                        released, stack not recorded; level full records it
                        released again at
                        """);
        dir.close();
        assertThat(counted.kinds()).containsExactly("double-release", "leak");
    }

    @Test
    void should_hand_out_what_does_nothing_when_the_level_is_off() {
        Library off = new Library("directory", Level.OFF);
        Directory dir = new Directory.Builder(new Directories(off.witness), "netdev").open();

        Tracker tracker = dir.take();

        assertThat(dir.take()).isSameAs(tracker);
        assertThat(tracker.release()).isEqualTo(Release.RELEASED);
        assertThat(tracker.release()).isEqualTo(Release.RELEASED);
        assertThat(dir.releaseAnonymous()).isEqualTo(Release.RELEASED);
        dir.close();
        assertThat(off.complaints()).isEmpty();
    }

    @Test
    void should_observe_what_is_still_held_when_the_process_ends() {
        takeHere();

        assertThat(library.atExit().observations())
                .singleElement()
                .satisfies(held -> assertThat(held.state()).isEqualTo(Observation.State.HELD_AT_EXIT));
        assertThat(library.complaints()).isEmpty();
    }

    @Test
    void should_learn_where_references_are_released_when_all_goes_well() {
        for (int i = 0; i < 20; i++) {
            Tracker tracker = takeHere();
            if (i < 18) {
                releaseHere(tracker);
            }
        }
        directory.close();

        assertThat(library.running().healthy()).singleElement().satisfies(healthy -> {
            assertThat(healthy.count()).isEqualTo(18);
            assertThat(healthy.finalPuts().get(0).stack().get(0).getMethodName())
                    .isEqualTo("releaseHere");
        });
    }

    @Test
    void should_name_the_value_when_an_option_is_out_of_range() {
        assertThatThrownBy(() -> builder("netdev").capacity(0))
                .hasMessage("The capacity of a directory is 0; it must be at least 1.");
        assertThatThrownBy(() -> builder("netdev").quarantine(-1))
                .hasMessage("The quarantine of a directory is -1; it must be at least 0.");
    }
}
