// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heldby.eval.plant.targets.Lapsed;
import dev.heldby.eval.plant.targets.Lease;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlantWeaverTest {
    private final Lease lease = new Lease();

    @Test
    void should_leave_out_a_release() throws Throwable {
        Planting.of("useAndRelease", 1, Kind.SKIP, 1).run("useAndRelease", lease);
        assertThat(lease.log).containsExactly("use");
        assertThat(Planted.lines()).contains("reached\t1", "spoilt\t1", "held\t1");
    }

    @Test
    void should_leave_the_rest_of_an_expression_as_it_is_when_a_release_is_left_out() throws Throwable {
        Object text = Planting.of("resultAndDeepStack", 1, Kind.SKIP, 1).run("resultAndDeepStack", lease, 1);
        assertThat(text).isEqualTo("freed 1 false null");
        assertThat(lease.refCnt()).isOne();
    }

    @Test
    void should_leave_out_a_release_of_several_references() throws Throwable {
        Planting.of("releaseByNumber", 2, Kind.SKIP, 1).run("releaseByNumber", lease);
        assertThat(lease.log).containsExactly("retain");
    }

    @Test
    void should_choose_the_same_share_of_the_executions_by_one_seed() throws Throwable {
        List<Integer> first = spoiltOf(1000);
        assertThat(first.size()).isBetween(250, 350);
        assertThat(spoiltOf(1000)).isEqualTo(first);
    }

    private static List<Integer> spoiltOf(int executions) throws Throwable {
        Planting planting = Planting.of("useAndRelease", 1, Kind.SKIP, 0.3);
        List<Integer> spoilt = new ArrayList<>();
        for (int i = 0; i < executions; i++) {
            Lease one = new Lease();
            planting.run("useAndRelease", one);
            if (one.refCnt() > 0) {
                spoilt.add(i);
            }
        }
        return spoilt;
    }

    @Test
    void should_release_twice() {
        Planting planting = Planting.of("useAndRelease", 1, Kind.DOUBLE, 1);
        assertThatExceptionOfType(Lapsed.class).isThrownBy(() -> planting.run("useAndRelease", lease));
        assertThat(lease.log).containsExactly("use", "release");
    }

    @Test
    void should_keep_the_first_result_when_it_releases_twice() throws Throwable {
        lease.retain();
        Object text = Planting.of("resultAndDeepStack", 1, Kind.DOUBLE, 1).run("resultAndDeepStack", lease, 1);
        assertThat(text).isEqualTo("freed 1 false null");
        assertThat(lease.refCnt()).isZero();
    }

    @Test
    void should_release_several_references_twice() {
        Planting planting = Planting.of("releaseByNumber", 2, Kind.DOUBLE, 1);
        assertThatExceptionOfType(Lapsed.class).isThrownBy(() -> planting.run("releaseByNumber", lease));
        assertThat(lease.log).containsExactly("retain", "release");
    }

    @Test
    void should_leave_out_a_retain_and_hand_the_object_on() throws Throwable {
        Object count = Planting.of("retainInExpression", 1, Kind.DROP_RETAIN, 1).run("retainInExpression", lease);
        assertThat(count).isEqualTo(1);
        assertThat(lease.log).containsExactly("use");
    }

    @Test
    void should_release_before_the_last_use_and_not_again() {
        Planting planting = Planting.of("useAndRelease", 1, Kind.EARLY, 1);
        assertThatExceptionOfType(Lapsed.class).isThrownBy(() -> planting.run("useAndRelease", lease));
        assertThat(lease.log).containsExactly("release");
    }

    @Test
    void should_pass_over_all_copies_of_a_finally_block_when_the_release_came_early() throws Throwable {
        lease.retain();
        Planting.of("releaseInFinally", 1, Kind.EARLY, 1).run("releaseInFinally", lease, false);
        assertThat(lease.log).containsExactly("retain", "release", "use");

        lease.retain();
        Planting planting = Planting.of("releaseInFinally", 1, Kind.EARLY, 1);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> planting.run("releaseInFinally", lease, true));
        assertThat(lease.log).endsWith("retain", "release", "use");
    }

    @Test
    void should_spoil_nothing_at_rate_zero() throws Throwable {
        for (Kind kind : List.of(Kind.SKIP, Kind.DOUBLE, Kind.EARLY)) {
            Lease one = new Lease();
            Planting.of("useAndRelease", 1, kind, 0).run("useAndRelease", one);
            assertThat(one.log).containsExactly("use", "release");
        }
    }

    @Test
    void should_be_on_no_stack_that_is_taken_within_the_call() throws Throwable {
        lease.retain();
        Planting.of("useAndRelease", 1, Kind.DOUBLE, 1).run("useAndRelease", lease);
        assertThat(lease.releasedBy[0].getMethodName()).isEqualTo("release");
        assertThat(lease.releasedBy[1].getMethodName()).isEqualTo("useAndRelease");
        assertThat(lease.releasedBy[1].getLineNumber())
                .isEqualTo(siteOf("useAndRelease").line());
    }

    private static CallSite siteOf(String method) {
        return Planting.sites().stream()
                .filter(site -> site.method().equals(method))
                .findFirst()
                .orElseThrow();
    }
}
