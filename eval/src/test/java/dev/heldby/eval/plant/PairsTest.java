// SPDX-License-Identifier: Apache-2.0
package dev.heldby.eval.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {
    private static Life.Event event(int change, String type, String method, int line) {
        return new Life.Event(change, null, List.of(new StackTraceElement(type, method, type + ".java", line)));
    }

    private static List<String> pairs(Life.Event... events) {
        return Pairs.of(List.of(events)).stream()
                .map(pair -> pair.taken().frames().get(0).getLineNumber() + "-"
                        + pair.given().frames().get(0).getLineNumber())
                .toList();
    }

    @Test
    void should_pair_a_single_reference_wherever_it_is_given_back() {
        assertThat(pairs(event(1, "Maker", "make", 1), event(-1, "Sink", "drop", 2)))
                .containsExactly("1-2");
    }

    @Test
    void should_give_a_method_what_it_took_itself_and_the_birth_what_is_left() {
        assertThat(pairs(
                        event(1, "Maker", "make", 1),
                        event(1, "Tax", "accept", 2),
                        event(-1, "Tax", "accept", 3),
                        event(-1, "Sink", "drop", 4)))
                .containsExactly("2-3", "1-4");
    }

    @Test
    void should_give_a_class_what_it_took_in_another_method() {
        assertThat(pairs(
                        event(1, "Maker", "make", 1),
                        event(1, "Cache", "put", 2),
                        event(-1, "Maker", "end", 3),
                        event(-1, "Cache", "evict", 4)))
                .containsExactlyInAnyOrder("1-3", "2-4");
    }

    @Test
    void should_say_nothing_where_a_reference_passes_from_class_to_class_beside_another() {
        assertThat(pairs(
                        event(1, "Maker", "make", 1),
                        event(1, "Sender", "send", 2),
                        event(-1, "Sink", "drop", 3),
                        event(-1, "Wire", "sent", 4)))
                .isEmpty();
    }

    @Test
    void should_pair_what_one_place_took_several_times() {
        assertThat(pairs(
                        event(1, "Maker", "make", 1),
                        event(1, "Cache", "put", 2),
                        event(1, "Cache", "put", 2),
                        event(-1, "Cache", "evict", 3),
                        event(-1, "Cache", "clear", 4),
                        event(-1, "Maker", "end", 5)))
                .containsExactlyInAnyOrder("2-3", "2-4", "1-5");
    }

    @Test
    void should_know_what_is_open_when_all_else_is_given_back_by_who_took_it() {
        Life.Event born = event(1, "Maker", "make", 1);
        Life.Event tax = event(1, "Tax", "accept", 2);
        assertThat(Pairs.open(List.of(born, tax, event(-1, "Tax", "accept", 3))))
                .contains(born);
        assertThat(Pairs.open(List.of(born, tax, event(-1, "Sink", "drop", 4)))).isEmpty();
        assertThat(Pairs.open(List.of(born))).contains(born);
    }
}
