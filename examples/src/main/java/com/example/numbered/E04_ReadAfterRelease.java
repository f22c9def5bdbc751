// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import java.util.List;

/*
 * A buffer is read after its last release.
 *
 * Notice:
 *  - the exception says that the count is 0, and not who brought it there: that is write(), which gives the buffer away;
 *  - the mistake is in main(), which reads a buffer it has given away. Fixed, it retains first and releases last.
 */
public final class E04_ReadAfterRelease {

    private E04_ReadAfterRelease() {}

    public static void main(String[] args) {
        boolean fixed = List.of(args).contains("--fixed");
        ByteBuf buffer = Unpooled.directBuffer(64).writeByte('x');
        if (fixed) {
            buffer.retain();
        }
        write(buffer);
        try {
            System.out.println("wrote '" + (char) buffer.getByte(0) + "'");
        } catch (IllegalReferenceCountException e) {
            System.out.println("wrote something that is gone: " + e.getMessage());
        }
        if (fixed) {
            buffer.release();
        }
    }

    private static void write(ByteBuf buffer) {
        buffer.release();
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E04_ReadAfterRelease [--fixed]
     */
}
