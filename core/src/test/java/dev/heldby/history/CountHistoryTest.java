// SPDX-License-Identifier: Apache-2.0
package dev.heldby.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.recording.Reaper;
import dev.heldby.recording.Scope;
import dev.heldby.recording.Threads;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.Snapshot;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CountHistoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Watch watch = new Watch(Level.FULL);

    @Test
    void should_complain_and_observe_when_a_put_goes_below_zero() {
        CountHistory history = watch.begin("map");
        assertThat(watch.here(history).put()).isTrue();
        assertThat(watch.here(history).put()).isFalse();

        assertThat(watch.complaints)
                .containsExactly(new Complaint(
                        "history",
                        "surplus-put",
                        "map@1",
                        "map@1 was put with no reference left.\n" + watch.stacks.get(1)
                                + "The last put before it was at\n" + watch.stacks.get(0),
                        true));
        assertThat(watch.observations())
                .extracting(Watch::words)
                .containsExactly("SURPLUS_PUT map 1 [BORN 1, PUT 0, PUT -1]");
        assertThat(history.count()).isEqualTo(-1);
    }

    @Test
    void should_show_the_surplus_put_with_its_stack_when_only_counting() {
        Watch counting = new Watch(Level.COUNT);
        CountHistory history = counting.begin("map");
        history.put();
        counting.here(history).put();
        List<StackTraceElement> last =
                counting.observations().get(0).example().events().get(2).stack();

        assertThat(Complaint.lines(last)).isEqualTo(counting.stacks.get(0));
        assertThat(counting.complaints.get(0).text())
                .isEqualTo("map@1 was put with no reference left.\n" + counting.stacks.get(0));
    }

    @Test
    void should_call_it_a_surplus_put_when_it_comes_after_the_exit() {
        CountHistory history = watch.begin("map");
        history.exit();
        assertThat(history.put()).isTrue();

        assertThat(watch.complaints).extracting(Complaint::kind).containsExactly("put-after-exit");
        assertThat(watch.observations())
                .extracting(Watch::words)
                .containsExactly("SURPLUS_PUT map 1 [BORN 1, DEAD 1, PUT 0]");
    }

    @Test
    void should_mark_the_first_complaint_only_when_one_place_does_wrong_often() {
        CountHistory history = watch.begin("map");
        for (int i = 0; i < 4; i++) {
            history.put();
        }

        assertThat(watch.complaints).extracting(Complaint::isFirst).containsExactly(true, false, false);
    }

    @Test
    void should_refuse_a_count_when_it_begins_below_zero() {
        assertThatThrownBy(() -> watch.histories.begin(this, "map", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The count of \"map\" begins with -1, but it must not be negative.");
    }

    @Test
    void should_be_held_at_exit_when_references_are_left() {
        CountHistory history = watch.begin("map");
        history.get();

        assertThat(watch.snapshots.running().observations()).isEmpty();
        Snapshot end = watch.snapshots.atExit();
        assertThat(end.observations()).extracting(Watch::words).containsExactly("HELD_AT_EXIT map 1 [BORN 1, GET 2]");
        assertThat(end.observations().get(0).rule()).isEqualTo("history");
        assertThat(end.coverage().lifecycles()).isEqualTo(1);
        Reference.reachabilityFence(history);
    }

    @Test
    void should_be_held_at_scope_end_when_references_are_left() throws InterruptedException {
        Scope scope = watch.scopes.open("test");
        CountHistory history = watch.begin("map");
        CountHistory good = watch.begin("map");
        good.put();
        good.exit();

        assertThat(watch.scopes.close(scope, Duration.ofMillis(20)).observations())
                .extracting(Watch::words)
                .containsExactly("HELD_AT_SCOPE_END map 1 [BORN 1]");
        assertThat(watch.snapshots.atExit().observations()).isEmpty();
        Reference.reachabilityFence(history);
    }

    @Test
    void should_belong_to_the_scope_when_misused_in_it() throws InterruptedException {
        Scope scope = watch.scopes.open("test");
        CountHistory history = watch.begin("map");
        history.put();
        history.put();

        assertThat(watch.scopes.close(scope, Duration.ofMillis(20)).observations())
                .extracting(Watch::words)
                .containsExactly("SURPLUS_PUT map 1 [BORN 1, PUT 0, PUT -1]");
    }

    @Test
    @Timeout(20)
    void should_age_when_held_longer_than_allowed() throws InterruptedException {
        CountHistory history = watch.begin("map");
        watch.recorder.reaper().reportOlderThan(Duration.ofMillis(1));
        watch.recorder.reaper().start();
        while (watch.observations().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }

        assertThat(watch.observations()).extracting(Observation::state).containsExactly(Observation.State.AGED);
        Reference.reachabilityFence(history);
    }

    @Test
    void should_be_unreachable_and_stay_listed_when_the_collector_took_it() {
        watch.recorder.reaper().start();
        watch.begin("map");
        Reaper.collect(watch.recorder, PATIENCE);

        assertThat(watch.observations()).extracting(Watch::words).containsExactly("UNREACHABLE map 1 [BORN 1]");
        assertThat(watch.observations()).extracting(Observation::count).containsExactly(1L);
        assertThat(watch.snapshots.atExit().observations()).hasSize(1);
        assertThat(watch.histories.report(true)).startsWith("==== [0] ====\nUnreclaimed map@1 (collected)\n");
    }

    @Test
    void should_not_be_unreachable_yet_when_the_history_outlives_its_object() {
        watch.recorder.reaper().start();
        CountHistory history = watch.begin("map");
        Reaper.collect(watch.recorder, PATIENCE);

        assertThat(watch.observations()).isEmpty();
        assertThat(watch.histories.report(true)).startsWith("==== [0] ====\nUnreclaimed map@1 (collected)\n");
        history.put();
        history.exit();
        assertThat(watch.snapshots.atExit().observations()).isEmpty();
    }

    @Test
    void should_teach_where_the_last_reference_goes_when_all_went_well() {
        for (int i = 0; i < 3; i++) {
            CountHistory history = watch.begin("map");
            history.get();
            history.put();
            watch.here(history).put();
            history.exit();
        }
        watch.begin("leaked");
        List<Healthy> healthy = watch.snapshots.atExit().healthy();

        assertThat(healthy).hasSize(1);
        assertThat(healthy.get(0).count()).isEqualTo(3);
        assertThat(healthy.get(0).rule()).isEqualTo("history");
        assertThat(Complaint.lines(healthy.get(0).finalPuts().get(0).stack())).isEqualTo(watch.stacks.get(0));
        assertThat(healthy.get(0).examples().get(0).history().events())
                .extracting(event -> event.op())
                .containsExactly(Op.BORN, Op.GET, Op.PUT, Op.PUT);
    }

    @Test
    void should_teach_nothing_when_references_were_left_or_too_many_put() {
        CountHistory left = watch.begin("map");
        left.exit();
        CountHistory surplus = watch.begin("map");
        surplus.put();
        surplus.put();
        surplus.get();
        surplus.exit();
        watch.begin("leaked");

        assertThat(watch.snapshots.atExit().healthy()).isEmpty();
    }

    @RepeatedTest(5)
    @Timeout(60)
    void should_record_the_counts_in_order_when_threads_race() throws InterruptedException {
        CountHistory history = watch.begin("map");
        AtomicInteger zeros = new AtomicInteger();
        Threads.runAtOnce(8, thread -> {
            for (int i = 0; i < 2; i++) {
                history.get();
                zeros.addAndGet(history.put() ? 1 : 0);
            }
        });
        zeros.addAndGet(history.put() ? 1 : 0);
        int count = 0;
        for (String line : watch.histories.report(true).lines().toList()) {
            if (line.startsWith("Refcount")) {
                int after = Integer.parseInt(line.replaceAll(".*=> (\\d+) at", "$1"));
                assertThat(after).isEqualTo(count + (line.startsWith("Refcount +1") ? 1 : -1));
                count = after;
            }
        }

        assertThat(zeros).hasValue(1);
        assertThat(history.count()).isZero();
        assertThat(count).isZero();
        history.exit();
        assertThat(watch.complaints).isEmpty();
    }
}
