// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

/** Forgets a buffer of a Netty that was relocated into another library, and releases another. */
public final class ShadedLeak {
    private ShadedLeak() {}

    public static void main(String[] args) throws Exception {
        buffer();
        Object good = buffer();
        good.getClass().getMethod("release").invoke(good);
    }

    private static Object buffer() throws Exception {
        Class<?> unpooled = Class.forName("io.grpc.netty.shaded.io.netty.buffer.Unpooled");
        return unpooled.getMethod("wrappedBuffer", byte[].class).invoke(null, (Object) new byte[64]);
    }
}
