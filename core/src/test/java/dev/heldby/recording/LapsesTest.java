// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Observation.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What the recorder makes of calls through a variable. Each test is the method whose variable it is. */
class LapsesTest {
    private final Watched watched = Watched.fully(End.LAST_PUT);
    private final Lapses lapses = watched.recorder.lapses();
    private final Object toy = new Object();
    private final Lifecycle life = watched.born(toy);
    private String method;
    private Variable variable;

    @BeforeEach
    void watch(TestInfo test) {
        lapses.watch();
        method = getClass().getName() + '.' + test.getTestMethod().orElseThrow().getName();
        watched.get(life);
    }

    private void before(int kind) {
        variable = lapses.through(variable, method, kind);
    }

    private void beforeGiving() {
        before(Probes.TAKES + Probes.GIVES);
    }

    private void after() {
        lapses.passed(variable);
    }

    @Test
    void should_observe_a_use_once_when_its_variable_gave_back_and_another_holds_the_object() {
        beforeGiving();
        watched.put(life);
        after();
        for (int i = 0; i < 3; i++) {
            before(Probes.TAKES);
            watched.recorder.looked(life);
            after();
        }

        Observation lapse = watched.observation();
        assertThat(lapse.state()).isEqualTo(State.LAPSED_VARIABLE);
        assertThat(lapse.count()).isEqualTo(1);
        assertThat(Watched.words(lapse.example())).isEqualTo("BORN 1, GET 2, PUT 1, USE 1");
    }

    @Test
    void should_tell_a_parameter_from_other_variables() {
        beforeGiving();
        watched.put(life);
        after();
        before(Probes.TAKES + Probes.OF_PARAMETER);
        watched.recorder.use(life);
        after();

        assertThat(watched.observation().state()).isEqualTo(State.LAPSED_PARAMETER);
    }

    @Test
    void should_observe_nothing_when_the_variable_took_as_many_as_it_gave_back() {
        before(Probes.TAKES);
        watched.get(life);
        after();
        beforeGiving();
        watched.put(life);
        after();
        before(Probes.TAKES);
        watched.recorder.looked(life);
        after();

        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_not_count_what_a_call_takes_for_its_result() {
        before(0);
        watched.get(life);
        after();
        beforeGiving();
        watched.put(life);
        after();
        before(Probes.TAKES);
        watched.recorder.looked(life);
        after();

        assertThat(watched.observation().state()).isEqualTo(State.LAPSED_VARIABLE);
    }

    @Test
    void should_observe_nothing_when_the_call_that_gives_back_throws() {
        beforeGiving();
        watched.put(life);
        lapses.passed(null);
        before(Probes.TAKES);
        watched.recorder.looked(life);
        after();

        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_observe_nothing_when_another_method_gave_back() {
        beforeGiving();
        putByAnother();
        after();
        before(Probes.TAKES);
        watched.recorder.looked(life);
        after();

        assertThat(watched.observations()).isEmpty();
    }

    private void putByAnother() {
        watched.put(life);
    }

    @Test
    void should_observe_nothing_when_the_thread_has_taken_a_reference_again() {
        beforeGiving();
        watched.put(life);
        after();
        watched.get(life);
        before(Probes.TAKES);
        watched.recorder.looked(life);
        after();

        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_observe_nothing_when_it_is_used_outside_of_calls_through_the_variable() {
        beforeGiving();
        watched.put(life);
        after();
        watched.recorder.looked(life);
        before(Probes.TAKES);
        after();

        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_observe_nothing_when_the_object_lives_anew() {
        beforeGiving();
        watched.put(life);
        after();
        watched.put(life);
        watched.bornAgain(toy, life);
        before(Probes.TAKES);
        watched.recorder.looked(life);
        after();

        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_observe_nothing_when_calls_through_the_variable_count_on_several_objects() {
        Object other = new Object();
        Lifecycle otherLife = watched.born(other);
        watched.get(otherLife);
        beforeGiving();
        watched.put(life);
        after();
        beforeGiving();
        watched.put(otherLife);
        after();
        before(Probes.TAKES);
        watched.recorder.looked(life);
        after();

        assertThat(watched.observations()).isEmpty();
    }

    @Test
    void should_withdraw_it_when_the_variable_gives_back_once_more_and_is_right_to() {
        watched.get(life);
        for (int call = 0; call < 2; call++) {
            variable = null;
            beforeGiving();
            watched.put(life);
            after();
            before(Probes.TAKES);
            watched.recorder.looked(life);
            after();
            assertThat(watched.observations()).hasSize(call == 0 ? 1 : 0);
            if (call == 0) {
                beforeGiving();
                watched.put(life);
                after();
                assertThat(watched.observations()).isEmpty();
                watched.get(life);
            }
        }
    }

    @Test
    void should_look_at_nothing_unless_it_is_asked_for() {
        Watched plain = Watched.fully(End.LAST_PUT);
        Lifecycle itsLife = plain.born(toy);
        plain.get(itsLife);
        Variable held = plain.recorder.lapses().through(null, method, Probes.TAKES + Probes.GIVES);
        plain.put(itsLife);
        plain.recorder.lapses().passed(held);
        plain.recorder.lapses().through(held, method, Probes.TAKES);
        plain.recorder.looked(itsLife);
        plain.recorder.lapses().passed(held);

        assertThat(plain.observations()).isEmpty();
    }
}
