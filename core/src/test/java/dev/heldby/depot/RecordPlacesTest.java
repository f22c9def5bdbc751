// SPDX-License-Identifier: Apache-2.0
package dev.heldby.depot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordPlacesTest {
    private final RecordPlaces places = new RecordPlaces();

    @Test
    void should_never_give_a_handle_twice_when_one_place_is_taken_and_freed_for_ever() {
        Set<Integer> handles = new HashSet<>();
        for (int i = 0; i < 3 * StackHandle.GENERATIONS; i++) {
            int handle = places.take();
            handles.add(handle);
            StackRecord record = new StackRecord(new Fingerprinter.Fingerprint(), handle, List.of(), 1);
            places.set(record);
            assertThat(places.find(handle)).isSameAs(record);
            places.free(handle);
            assertThat(places.find(handle)).isNull();
        }

        assertThat(handles).hasSize(3 * StackHandle.GENERATIONS).doesNotContain(0);
        assertThat(handles).allMatch(handle -> StackHandle.place(handle) <= 3);
        assertThat(places.freePlaces()).isZero();
    }

    @Test
    void should_give_no_handle_when_all_places_are_taken() {
        for (int i = 0; i < StackHandle.MAX_PLACE; i++) {
            places.take();
        }

        assertThat(places.take()).isZero();
        places.free(12);
        assertThat(StackHandle.place(places.take())).isEqualTo(12);
    }
}
