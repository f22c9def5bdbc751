// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

/** Watched only if extensions are detected. */
class Unannotated {
    static ByteBuf held;

    @Test
    void holds() {
        held = Leaks.buffer();
    }
}
