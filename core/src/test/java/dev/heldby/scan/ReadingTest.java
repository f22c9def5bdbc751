// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private final Program program = new Program();
    private final Reading reading = new Reading(program);

    @Test
    void should_keep_no_address_when_it_keeps_contents_for_the_next_checksum() throws Exception {
        long first = program.allocate(64);
        long second = program.allocate(64);
        reading.checksum(first, first + 64);
        reading.checksum(second, second + 64);

        assertThat(numbers()).isNotEmpty().allMatch(number -> number < 0 || number < first);
    }

    private List<Long> numbers() throws IllegalAccessException {
        List<Long> numbers = new ArrayList<>();
        for (Field field : Reading.class.getDeclaredFields()) {
            if (field.getType() == long.class) {
                field.setAccessible(true);
                numbers.add(field.getLong(reading));
            }
        }
        return numbers;
    }
}
