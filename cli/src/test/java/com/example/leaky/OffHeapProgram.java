// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Allocates off-heap memory when it is told to, in blocks that it keeps and, for the word {@code leak}, in as many whose addresses it
 * drops, or for {@code hide} leaves in an object that is dead; and makes garbage all the while, so that objects are moved.
 */
public final class OffHeapProgram {
    public static final int EACH = 2000;

    /** So many longs are a fifth of one of G1's regions, which it leaves as they are where less than a twentieth is dead. */
    private static final int NO_SMALL_PART = 25_600;

    private static final List<Object> KEPT = new ArrayList<>();
    private static volatile Object garbage;
    private static volatile Object hidden;

    private OffHeapProgram() {}

    public static void main(String[] args) throws Throwable {
        Thread churn = new Thread(OffHeapProgram::churn, "churn");
        churn.setDaemon(true);
        churn.start();
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            for (int i = 0; i < EACH; i++) {
                keep(i);
                if (line.equals("leak")) {
                    drop(i);
                }
            }
            if (line.equals("hide")) {
                hide();
            }
            System.out.println("done");
        }
    }

    /** Each in another way: by a number or an array, as a buffer, and by an address inside of it in another block. */
    private static void keep(int i) throws Throwable {
        long block = (long) RawMemory.ALLOCATE.invokeExact(64L + i % 100);
        long outer = (long) RawMemory.ALLOCATE.invokeExact(16L);
        RawMemory.FILL.invokeExact(outer, 16L, (byte) 0);
        RawMemory.PUT.invokeExact(outer + 8, block + 40);
        KEPT.add(i % 2 == 0 ? (Object) outer : new long[] {1, outer});
        KEPT.add(ByteBuffer.allocateDirect(128));
    }

    private static void drop(int i) throws Throwable {
        RawMemory.FILL.invokeExact((long) RawMemory.ALLOCATE.invokeExact(64L + i % 100), 64L, (byte) 1);
    }

    /** Their addresses stay in an object that is dead, and too old for the collector to look at it again soon. */
    private static void hide() throws Throwable {
        long[] addresses = new long[NO_SMALL_PART];
        hidden = addresses;
        for (int i = 0; i < EACH; i++) {
            addresses[i] = (long) RawMemory.ALLOCATE.invokeExact(64L + i % 100);
            RawMemory.FILL.invokeExact(addresses[i], 64L, (byte) 1);
        }
        System.gc();
        System.gc();
        hidden = null;
    }

    private static void churn() {
        try {
            for (int i = 0; ; i++) {
                garbage = new byte[1 << 12];
                if (i % 50 == 0) {
                    Thread.sleep(1);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
