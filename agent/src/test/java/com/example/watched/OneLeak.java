// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Forgets one buffer, and releases another. */
public final class OneLeak {
    private OneLeak() {}

    public static void run() {
        new UnpooledByteBufAllocator(false, true).heapBuffer(64).retain();
        ByteBuf good = new UnpooledByteBufAllocator(false, true).heapBuffer(32);
        good.retain();
        good.release(2);
        System.out.println("buffers of " + ByteBuf.class.getClassLoader().getName());
    }
}
