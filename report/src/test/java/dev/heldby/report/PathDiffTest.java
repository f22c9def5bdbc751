// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.analysis.Finding.Step;
import dev.heldby.analysis.Site;
import dev.heldby.snapshot.Op;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PathDiffTest {

    /** Steps as {@code get:read}: the operation and the method that did it. */
    private static List<Step> path(String steps) {
        return Arrays.stream(steps.split(" "))
                .filter(step -> !step.isEmpty())
                .map(step -> step.split(":"))
                .map(step -> new Step(
                        Op.valueOf(step[0].toUpperCase(Locale.ROOT)), 1, "main", null, site(step[1]), List.of()))
                .toList();
    }

    private static Site site(String method) {
        return new Site("app.Main", method, "Main.java", 3, false);
    }

    private static String diff(String leaked, String healthy) {
        return String.join(
                "\n",
                new PathDiff(path(leaked), path(healthy))
                        .lines(step -> step.op().name().toLowerCase(Locale.ROOT) + ":"
                                + step.site().method()));
    }

    @Test
    void should_show_once_what_both_did() {
        assertThat(diff("born:make put:end", "born:make put:end")).isEqualTo("  born:make\n  put:end");
    }

    @Test
    void should_mark_what_only_one_of_them_did() {
        assertThat(diff("born:make get:keep put:fail", "born:make get:keep put:drop put:end"))
                .isEqualTo("""
                          born:make
                          get:keep
                        + put:drop
                        + put:end
                        - put:fail""".stripIndent());
    }

    @Test
    void should_find_the_common_steps_around_what_differs() {
        assertThat(diff("born:make get:cache get:filter put:filter put:end", "born:make get:filter put:filter put:end"))
                .isEqualTo("""
                          born:make
                        - get:cache
                          get:filter
                          put:filter
                          put:end""".stripIndent());
    }

    @Test
    void should_tell_apart_the_same_operation_at_two_places() {
        assertThat(diff("get:a", "get:b")).isEqualTo("+ get:b\n- get:a");
    }

    @Test
    void should_tell_for_each_healthy_step_which_leaked_one_it_is_like() {
        assertThat(new PathDiff(path("born:make get:cache get:filter"), path("born:make get:filter put:end")).matches())
                .containsExactly(0, 2, -1);
    }
}
