// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import io.netty.buffer.ByteBuf;

/** As a library's class of constants. */
final class Constants {
    static final ByteBuf BUFFER = Leaks.buffer();

    private Constants() {}
}
