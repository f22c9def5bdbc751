// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/*
 * Seven holders of one buffer retain and release it through the same two methods; one of them forgets its release.
 *
 * Notice:
 *  - the line of every retain is the same, and so is the line of every release: the frame above tells them apart;
 *  - six retains of Filter.read are paired with its six releases, the one of Cache.put with nothing;
 *  - Netty's own detector prints a part of the records and leaves the pairing to the reader.
 */
public final class E02_CacheForgetsItsRelease {

    private E02_CacheForgetsItsRelease() {}

    public static void main(String[] args) {
        boolean fixed = List.of(args).contains("--fixed");
        ByteBuf buffer = Unpooled.directBuffer(64);
        Cache cache = new Cache();
        cache.put(buffer);
        Filter filter = new Filter();
        for (int i = 0; i < 6; i++) {
            filter.read(buffer);
        }
        cache.evict(buffer, fixed);
        buffer.release();
        System.out.println("references left: " + buffer.refCnt());
    }

    private static class Reader {
        final void begin(ByteBuf buffer) {
            buffer.retain();
        }

        final void end(ByteBuf buffer) {
            buffer.release();
        }
    }

    private static final class Filter extends Reader {
        void read(ByteBuf buffer) {
            begin(buffer);
            end(buffer);
        }
    }

    private static final class Cache extends Reader {
        void put(ByteBuf buffer) {
            begin(buffer);
        }

        void evict(ByteBuf buffer, boolean fixed) {
            if (fixed) {
                end(buffer);
            }
        }
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E02_CacheForgetsItsRelease [--fixed]
     */
}
