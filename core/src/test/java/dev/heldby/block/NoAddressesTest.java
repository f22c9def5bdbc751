// SPDX-License-Identifier: Apache-2.0
package dev.heldby.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.depot.StackDepot;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What blocks and their indices keep of addresses is found by no scan that reads it. */
class NoAddressesTest {
    /** High enough for slots and positions to look like the upper half of an address there. */
    private static final long BASE = 0x0000_0100_0000_0000L;

    private static final int COUNT = 2_000;
    private static final int SIZE = 1 << 24;

    private final Blocks blocks = new Blocks(COUNT, new StackDepot(0), () -> 0xffff, () -> 7, complaint -> {});
    private final List<Long> words = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    @Test
    void should_keep_no_word_that_points_into_a_block() throws IllegalAccessException {
        for (int i = 0; i < COUNT; i++) {
            blocks.allocated(BASE + (long) i * SIZE, SIZE - 64);
        }
        for (int i = 0; i < COUNT; i += 10) {
            blocks.scanArea(BASE + (long) i * SIZE + 8, 8);
            blocks.excessReference(BASE + (long) i * SIZE, BASE + (long) i * SIZE);
            blocks.freed(BASE + (long) (i + 1) * SIZE);
        }
        BlockIndex index = blocks.index();
        collect(blocks);
        collect(index);
        collect(blocks.blockAround(BASE + 100));

        assertThat(index.find(BASE + 100)).isZero();
        assertThat(words).hasSizeGreaterThan(COUNT * 8);
        for (long word : words) {
            assertThat(index.find(word)).as(Long.toHexString(word)).isEqualTo(BlockIndex.NONE);
        }
    }

    private void collect(Object object) throws IllegalAccessException {
        if (object == null || !seen.add(object)) {
            return;
        }
        if (object instanceof long[] longs) {
            for (long word : longs) {
                words.add(word);
            }
        } else if (object instanceof int[] ints) {
            for (int i = 0; i + 1 < ints.length; i++) {
                words.add((long) ints[i] << 32 | ints[i + 1] & 0xffff_ffffL);
            }
        } else if (object instanceof Object[] objects) {
            for (Object each : objects) {
                collect(each);
            }
        } else if (object instanceof Map<?, ?> map) {
            collect(map.values());
        } else if (object instanceof Collection<?> collection) {
            collect(collection.toArray());
        } else if (object.getClass().getPackage() == Blocks.class.getPackage()) {
            collectFields(object);
        }
    }

    private void collectFields(Object object) throws IllegalAccessException {
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                Object value = field.get(object);
                if (value instanceof Long word) {
                    words.add(word);
                } else {
                    collect(value);
                }
            }
        }
    }
}
