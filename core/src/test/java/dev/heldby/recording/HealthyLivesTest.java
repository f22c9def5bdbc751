// SPDX-License-Identifier: Apache-2.0
package dev.heldby.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.recording.CountedKind.End;
import dev.heldby.snapshot.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HealthyLivesTest {
    private final HealthyLives lives = new HealthyLives(new Watched(Level.FULL, End.TOLD).rule);

    private static Trail trail(int birth, int... later) {
        Trail trail = new Trail();
        trail.add(Op.BORN, 1, birth, false, 1, 1);
        for (int stack : later) {
            trail.add(Op.GET, 1, stack, false, 1, 1);
        }
        return trail;
    }

    private List<String> examples() {
        List<String> examples = new ArrayList<>();
        lives.forEachExample((trail, count) -> {
            String stacks = IntStream.range(0, trail.size())
                    .mapToObj(i -> trail.stack(i) + " ")
                    .collect(Collectors.joining());
            examples.add(stacks + "x " + count);
        });
        return examples;
    }

    private Map<Integer, Long> finalPuts() {
        Map<Integer, Long> counts = new TreeMap<>();
        lives.forEachFinalPut(counts::put);
        return counts;
    }

    @Test
    void should_count_each_place_when_last_references_go_at_several() {
        for (int place : new int[] {7, 8, 7, 7}) {
            lives.add(trail(1), place);
        }

        assertThat(finalPuts()).isEqualTo(Map.of(7, 3L, 8, 1L));
        assertThat(lives.total()).isEqualTo(4);
    }

    @Test
    void should_keep_a_bounded_number_of_places_when_there_are_many() {
        for (int place = 1; place <= 1000; place++) {
            lives.add(trail(1), place);
        }

        assertThat(finalPuts()).hasSize(64);
        assertThat(lives.total()).isEqualTo(1000);
    }

    @Test
    void should_count_each_way_to_live_whatever_the_order_of_its_events() {
        lives.add(trail(1, 2, 3), 7);
        lives.add(trail(1, 3, 2), 7);
        lives.add(trail(1, 2, 2), 7);

        assertThat(examples()).containsExactlyInAnyOrder("1 2 3 x 2", "1 2 2 x 1");
    }

    @Test
    void should_know_the_shape_of_a_pair_without_its_trail() {
        Trail pair = trail(1);
        pair.add(Op.PUT, 0, 2, false, 3, 4);

        assertThat(Trail.shape(1, 2)).isEqualTo(pair.shape());
    }

    @Test
    void should_keep_a_bounded_number_of_examples_when_there_are_many() {
        for (int i = 1; i <= 1000; i++) {
            lives.add(trail(i), 1);
        }

        assertThat(examples()).hasSize(64);
    }

    @Test
    void should_have_seen_a_late_habit_when_many_lives_went_before() {
        for (int i = 0; i < 1000; i++) {
            lives.add(trail(1 + i % 80), 1);
        }
        for (int i = 0; i < 1048; i++) {
            lives.add(trail(1000), 1);
        }

        assertThat(examples()).hasSize(64).contains("1000 x 1025");
    }

    @Test
    void should_keep_an_example_as_it_was_when_its_object_is_recycled() {
        Trail trail = trail(5);
        lives.add(trail, 1);
        trail.clear();

        assertThat(examples()).containsExactly("5 x 1");
    }

    @Test
    void should_be_as_before_when_a_life_is_taken_back() {
        lives.add(trail(1), 7);
        lives.add(trail(2), 8);
        lives.add(trail(3), 9);

        lives.remove(trail(1), 7);

        assertThat(finalPuts()).isEqualTo(Map.of(8, 1L, 9, 1L));
        assertThat(lives.total()).isEqualTo(2);
        assertThat(examples()).containsExactlyInAnyOrder("2 x 1", "3 x 1");
    }

    @Test
    void should_find_the_example_when_its_trail_has_grown_since() {
        Trail trail = trail(1);
        lives.add(trail, 7);
        trail.add(Op.USE, 0, 5, false, 1, 2);

        lives.remove(trail, 7);

        assertThat(examples()).isEmpty();
    }
}
