// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.depot.StackDepot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

class BlocksSizeTest {
    private static final long BASE = 0x7f00_0000_0000L;

    /** The capacity is as much, so that its table is part of it. The stripes' tables double at about the second number. */
    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 450_000, 20_000})
    void should_keep_at_most_48_bytes_for_a_block(int count) {
        StackDepot depot = new StackDepot(0);
        Blocks blocks = new Blocks(count, depot, () -> 0, () -> 0, complaint -> {});
        for (int i = 0; i < count; i++) {
            blocks.allocated(BASE + i * 80L, 64);
        }

        long bytes = GraphLayout.parseInstance(blocks).totalSize()
                - GraphLayout.parseInstance(depot).totalSize();
        assertThat((double) bytes / count).isBetween(40.0, 48.0);
    }
}
