// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.Unpooled;

/** Runs the demo, then collects what it left and allocates, which is when Netty's detector reports. */
final class DemoThenCollection {

    private static final int COLLECTIONS = 5;

    private DemoThenCollection() {}

    public static void main(String[] args) throws Exception {
        Demo.main(args);
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(100);
            Unpooled.directBuffer(8).release();
        }
    }
}
