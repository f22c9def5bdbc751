// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.snapshot.Event;
import dev.heldby.snapshot.Healthy;
import dev.heldby.snapshot.History;
import dev.heldby.snapshot.Op;
import dev.heldby.snapshot.RuleTraits;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HelpersTest {
    private static final RuleTraits RULE = new RuleTraits("lib", "", List.of("lib."), List.of());

    private static Event put(String... frames) {
        return event(Op.PUT, frames);
    }

    private static Event event(Op op, String... frames) {
        List<StackTraceElement> stack = Arrays.stream(frames)
                .map(frame -> frame.split(" "))
                .map(words -> new StackTraceElement(words[0], words[1], "F.java", 1))
                .toList();
        return new Event(op, 0, "main", Instant.EPOCH, stack, false);
    }

    private static Set<String> names(Event... puts) {
        Healthy healthy = new Healthy(
                "lib", List.of(), 1, List.of(), List.of(new Healthy.Example(History.whole(List.of(puts)), 1)));
        return Helpers.names(List.of(RULE), List.of(), List.of(healthy)).get("lib");
    }

    @Test
    void should_name_the_outermost_method_of_the_library() {
        assertThat(names(put("lib.Reader decRef", "lib.Manager release", "app.Main run", "lib.Pool run")))
                .containsExactly("release");
    }

    @Test
    void should_name_none_where_the_program_has_no_part_or_the_name_is_the_compilers() {
        assertThat(names(
                        put("lib.Reader decRef", "lib.Pool run"),
                        put("app.Main run"),
                        put(),
                        put("lib.Reader lambda$close$0", "app.Main run")))
                .isEmpty();
    }

    @Test
    void should_name_none_of_the_jdk_by_which_something_is_given_back_by_the_way() {
        assertThat(names(put("java.io.FileInputStream close", "java.nio.file.Files readString", "app.Main run")))
                .isEmpty();
    }

    @Test
    void should_name_none_by_which_as_much_is_taken() {
        Event vain = put("lib.Reader decRef", "lib.Pool buffer", "app.Main run");
        Event made = event(Op.BORN, "lib.Reader <init>", "lib.Pool buffer", "app.Main run");
        Event taken = event(Op.GET, "lib.Reader incRef", "lib.Pool buffer", "app.Main run");

        assertThat(names(vain, vain, made)).containsExactly("buffer");
        assertThat(names(vain, vain, made, taken)).isEmpty();
    }

    @Test
    void should_know_nothing_of_a_rule_without_puts() {
        assertThat(Helpers.names(List.of(RULE), List.of(), List.of())).isEqualTo(Map.of("lib", Set.of()));
    }
}
