// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.heldby.Level;
import dev.heldby.complaint.Complaint;
import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.List;
import org.junit.jupiter.api.Test;

class MisusesTest {
    private final CountedMisuse misuse = new CountedMisuse();

    private List<StackTraceElement> here;

    /** Remembers the stack of the line that it is called on. */
    private int here(int value) {
        StackTraceElement[] all = new Throwable().getStackTrace();
        here = List.of(all).subList(1, all.length);
        return value;
    }

    @Test
    void should_begin_with_the_offending_call_when_complaining() {
        SaturatingCount count = misuse.count(0);
        count.add(here(1));

        assertThat(misuse.complaints)
                .containsExactly(new Complaint(
                        "count", "add-on-zero", "Session", CountedMisuse.ON_ZERO + "\n" + Complaint.lines(here), true));
    }

    @Test
    void should_observe_the_offending_call_when_a_count_turns_bad() {
        misuse.count(0).decrementAndTest();
        Observation observed = misuse.observations().get(0);
        Event event = observed.example().events().get(0);

        assertThat(misuse.observations()).hasSize(1);
        assertThat(observed.state()).isEqualTo(Observation.State.MISUSE);
        assertThat(observed.type()).isEqualTo("Session");
        assertThat(observed.rule()).isEqualTo("count");
        assertThat(observed.note()).isEqualTo("refcount: underflow; use-after-free");
        assertThat(observed.example().events()).hasSize(1);
        assertThat(event.op()).isEqualTo(Op.PUT);
        assertThat(event.stack().get(0).getMethodName())
                .isEqualTo("should_observe_the_offending_call_when_a_count_turns_bad");
        assertThat(event.thread()).isEqualTo(Thread.currentThread().getName());
    }

    @Test
    void should_observe_each_count_once_when_they_are_hammered() {
        for (int i = 0; i < 3; i++) {
            SaturatingCount count = misuse.count(0);
            for (int j = 0; j < 100; j++) {
                count.increment();
            }
        }

        // The first of those on a saturated count is the first of its kind.
        assertThat(misuse.observations())
                .extracting(Observation::note, Observation::count)
                .containsExactlyInAnyOrder(
                        tuple("refcount: addition on 0; use-after-free", 3L),
                        tuple("refcount: saturated; leaking memory", 1L));
    }

    @Test
    void should_observe_once_when_a_good_count_is_hammered() {
        SaturatingCount count = misuse.count(0);
        for (int i = 0; i < 100; i++) {
            count.decrementUnlessOne();
        }

        assertThat(misuse.observations()).extracting(Observation::count).containsExactly(1L);
    }

    @Test
    void should_complain_but_not_observe_when_the_level_is_off() {
        misuse.recorder.setLibraryLevel(Level.OFF);
        SaturatingCount count = misuse.count(0);
        count.increment();

        assertThat(count.get()).isEqualTo(SaturatingCount.SATURATED);
        misuse.assertComplaints(CountedMisuse.ON_ZERO);
        assertThat(misuse.observations()).isEmpty();
    }
}
