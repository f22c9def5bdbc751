// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Does what the lines of its input say, after it has loaded and used all that it needs for that. */
public final class Attachable {
    private static Path file;

    private Attachable() {}

    public static void main(String[] args) throws Exception {
        file = Files.createTempFile("attachable", ".txt");
        new FileInputStream(file.toFile()).close();
        PooledByteBufAllocator.DEFAULT.heapBuffer(10).release();
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            leak(line);
            System.out.println("done");
        }
    }

    private static void leak(String how) throws Exception {
        switch (how) {
            case "leak" -> leakAll();
            case "again" -> leakAgain();
            case "close" -> closeAll();
            default -> throw new IllegalArgumentException(how);
        }
    }

    private static void leakAll() throws Exception {
        new FileInputStream(file.toFile());
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.heapBuffer(10);
        buffer.retain();
        buffer.release();
    }

    private static void leakAgain() throws Exception {
        new FileInputStream(file.toFile());
    }

    private static void closeAll() throws Exception {
        new FileInputStream(file.toFile()).close();
        PooledByteBufAllocator.DEFAULT.heapBuffer(10).release();
    }
}
