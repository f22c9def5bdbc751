// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoorTest {
    private final Door door = new Door();
    private final List<String> told = new ArrayList<>();

    private final BlockEvents listener = new BlockEvents() {
        @Override
        public void allocated(long address, long size, int rule) {
            told.add("allocated " + address + " " + size + " by " + rule);
        }

        @Override
        public long freed(long address) {
            told.add("freed " + address);
            return address == 1 ? UNKNOWN : 10;
        }

        @Override
        public void missed() {
            told.add("missed");
        }
    };

    @Test
    void should_pass_reports_on_only_while_open() {
        door.allocated(8, 1, 7);
        assertThat(door.freed(8)).isEqualTo(BlockEvents.UNKNOWN);
        door.open(listener);
        door.allocated(16, 2, 7);
        assertThat(door.freed(16)).isEqualTo(10);
        door.shut();
        door.allocated(24, 3, 7);
        assertThat(door.freed(24)).isEqualTo(BlockEvents.UNKNOWN);

        assertThat(told).containsExactly("allocated 16 2 by 7", "freed 16");
    }

    @Test
    void should_put_a_block_back_when_its_free_failed() {
        door.open(listener);
        door.unfreed(16, door.freed(16), 3);

        assertThat(told).containsExactly("freed 16", "allocated 16 10 by 3");
    }

    @Test
    void should_put_nothing_back_when_the_block_was_unknown() {
        door.open(listener);
        door.unfreed(1, door.freed(1), 3);

        assertThat(told).containsExactly("freed 1");
    }

    @Test
    void should_ignore_the_address_that_is_none() {
        door.open(listener);
        door.allocated(0, 5, 7);
        door.freed(0);

        assertThat(told).isEmpty();
    }

    @Test
    void should_keep_back_an_allocation_but_no_free_when_reported_within_an_allocation() {
        door.open(new BlockEvents() {
            @Override
            public void allocated(long address, long size, int rule) {
                told.add("allocated " + address);
                door.allocated(address + 8, size, rule);
                door.freed(8);
            }

            @Override
            public long freed(long address) {
                return listener.freed(address);
            }

            @Override
            public void missed() {}
        });
        door.allocated(16, 1, 7);
        door.allocated(32, 1, 7);

        assertThat(told).containsExactly("allocated 16", "freed 8", "allocated 32", "freed 8");
        assertThat(door.missed()).isFalse();
    }

    @Test
    void should_throw_nothing_and_tell_of_it_once_when_a_report_fails() {
        door.open(new BlockEvents() {
            @Override
            public void allocated(long address, long size, int rule) {
                allocated(address, size + 1, rule);
            }

            @Override
            public long freed(long address) {
                throw new OutOfMemoryError();
            }

            @Override
            public void missed() {}
        });
        assertThat(door.freed(8)).isEqualTo(BlockEvents.UNKNOWN);
        assertThat(door.missed()).isTrue();
        door.allocated(8, 1, 7);
        door.open(listener);
        door.allocated(16, 1, 7);
        door.allocated(24, 1, 7);

        assertThat(told).containsExactly("missed", "allocated 16 1 by 7", "allocated 24 1 by 7");
    }
}
