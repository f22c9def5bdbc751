// SPDX-License-Identifier: Apache-2.0
package com.example.defects;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;

/** An innocent holder: retains the page while it prints, and releases it once. */
final class Printer {

    private final ByteBuf content;

    Printer(Page page) {
        content = page.content().retain();
    }

    void finish() {
        try {
            content.release();
        } catch (IllegalReferenceCountException e) {
            System.out.println("the printer cannot release its page: " + e.getMessage());
        }
    }
}
