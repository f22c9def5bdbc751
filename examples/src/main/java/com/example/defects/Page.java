// SPDX-License-Identifier: Apache-2.0
package com.example.defects;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The owner of a page: makes the buffer and releases it once, correctly. */
final class Page implements AutoCloseable {

    private final ByteBuf content;

    Page(String text) {
        content = Unpooled.directBuffer(64);
        content.writeCharSequence(text, StandardCharsets.UTF_8);
    }

    ByteBuf content() {
        return content;
    }

    @Override
    public void close() {
        content.release();
    }
}
