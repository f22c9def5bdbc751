// SPDX-License-Identifier: Apache-2.0
package dev.heldby.counted;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies references between arrays, which may be one array, and may fail half way at an element of the wrong type. */
@SuppressWarnings("ReferenceEquality") // identity is what is meant
final class ArrayCopy {
    private ArrayCopy() {}

    static void copy(@Nullable Object[] from, int start, @Nullable Object[] to, int at, int length) {
        if (start < 0 || at < 0 || length > from.length - start || length > to.length - at) {
            System.arraycopy(from, start, to, at, length); // which says what is wrong
            return;
        }
        if (References.count(to) == null) {
            Adoption.array(to);
        }
        Object[] before = Arrays.copyOfRange(to, at, at + length, Object[].class);
        try {
            System.arraycopy(from, start, to, at, length);
        } finally {
            for (int i = 0; i < length; i++) {
                if (to[at + i] != before[i]) {
                    References.hold(to[at + i]);
                }
            }
            for (int i = 0; i < length; i++) {
                if (to[at + i] != before[i]) {
                    References.release(before[i]);
                }
            }
        }
    }
}
