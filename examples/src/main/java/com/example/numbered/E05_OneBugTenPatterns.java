// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/*
 * One line leaks 2,000 buffers, each of which was retained and released from 0 to 9 times in between.
 *
 * Notice:
 *  - it is one bug, so it should be one finding, with 2,000 objects and 128,000 bytes;
 *  - Netty's own detector tells reports apart by their whole text, so this one bug gives it dozens of reports.
 */
public final class E05_OneBugTenPatterns {

    private static final int BUFFERS = 2_000;
    private static final int PATTERNS = 10;

    private E05_OneBugTenPatterns() {}

    public static void main(String[] args) {
        boolean fixed = List.of(args).contains("--fixed");
        for (int i = 0; i < BUFFERS; i++) {
            use(i % PATTERNS, fixed);
        }
        System.out.println("buffers used: " + BUFFERS);
    }

    private static void use(int reads, boolean fixed) {
        ByteBuf buffer = Unpooled.directBuffer(64);
        for (int i = 0; i < reads; i++) {
            buffer.retain();
            buffer.release();
        }
        if (fixed) {
            buffer.release();
        }
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E05_OneBugTenPatterns [--fixed]
     */
}
