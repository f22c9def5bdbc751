// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsByAddressTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 100_000})
    void should_be_in_the_order_of_the_addresses_each_with_its_slot(int count) {
        Random random = new Random(count);
        TreeMap<Long, Integer> expected = new TreeMap<>();
        SlotsByAddress order = new SlotsByAddress(10);
        while (expected.size() < count) {
            long address = random.nextLong() >>> (random.nextBoolean() ? 8 : 17);
            int slot = expected.size();
            if (expected.putIfAbsent(address, slot) == null) {
                order.add(address | BlockRecords.TOP, slot);
            }
        }

        order.sort();

        assertThat(LongStream.of(order.addresses())).hasSize(count).allMatch(address -> address < 0);
        assertThat(IntStream.of(order.slots())).hasSize(count).allMatch(slot -> slot < 0);
        int i = 0;
        for (var next : expected.entrySet()) {
            assertThat(order.addresses()[i] & ~BlockRecords.TOP).isEqualTo(next.getKey());
            assertThat(SlotsByAddress.slot(order.slots()[i])).isEqualTo(next.getValue());
            i++;
        }
    }
}
