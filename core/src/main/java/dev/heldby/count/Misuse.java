// SPDX-License-Identifier: Apache-2.0
package dev.heldby.count;

import java.util.Locale;

/** What can be done wrong with a {@link SaturatingCount}: the kernel's {@code enum refcount_saturation_type}. */
enum Misuse {
    ADD_UNLESS_ZERO_OVERFLOW("saturated; leaking memory"),
    ADD_OVERFLOW("saturated; leaking memory"),
    ADD_ON_ZERO("addition on 0; use-after-free"),
    UNDERFLOW("underflow; use-after-free"),
    DECREMENT_TO_ZERO("decrement hit 0; leaking memory");

    /** What is wrong; what follows from it. */
    final String message;

    Misuse(String consequence) {
        message = "refcount: " + consequence;
    }

    /** The name that complaints have it by, such as {@code add-on-zero}. */
    String kind() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
