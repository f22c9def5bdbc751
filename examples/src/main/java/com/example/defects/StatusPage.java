// SPDX-License-Identifier: Apache-2.0
package com.example.defects;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;

/** Shows a page whenever asked. Defect: keeps the page without retaining it, and reads it when it is gone. */
final class StatusPage implements AutoCloseable {

    private final ByteBuf content;
    private final boolean fixed;

    StatusPage(Page page, boolean fixed) {
        this.fixed = fixed;
        content = fixed ? page.content().retain() : page.content();
    }

    void show() {
        try {
            System.out.println("the status begins with '" + (char) content.getByte(0) + "'");
        } catch (IllegalReferenceCountException e) {
            System.out.println("the status cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (fixed) {
            content.release();
        }
    }
}
