// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave.counted.oracle;

import org.jspecify.annotations.Nullable;

/** How a statement ended that did not complete normally, other than by an exception. */
record Jump(Kind kind, @Nullable String label, @Nullable Object value) {
    enum Kind {
        BREAK,
        CONTINUE,
        RETURN,
        YIELD
    }

    /** Whether it leaves the loop or switch of that label, and goes no further. */
    boolean leaves(@Nullable String loop) {
        return kind == Kind.BREAK && (label == null || label.equals(loop));
    }

    boolean repeats(@Nullable String loop) {
        return kind == Kind.CONTINUE && (label == null || label.equals(loop));
    }
}
