// SPDX-License-Identifier: Apache-2.0
package com.example.leaky;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Allocates a block in each of several ways to hold one, says its address, and holds it and a drawer until its input ends. */
public final class HoldingProgram {
    private static final Map<String, Session> SESSIONS = new HashMap<>();
    private static long number;
    private static long chain;
    private static List<WeakReference<ByteBuffer>> weak = List.of();

    private final Drawer drawer = new Drawer();

    private record Session(ByteBuffer buffer, HoldingProgram program) {}

    private HoldingProgram() {}

    public static void main(String[] args) throws Throwable {
        long older = (long) RawMemory.ALLOCATE.invokeExact(200L);
        System.out.println("waiting");
        System.in.read();
        number = block("number");
        SESSIONS.put("anna", session());
        chain = chain();
        weak();
        drop();
        RawMemory.PUT.invokeExact(older + 64, block("outside"));
        System.out.println("ready");
        while (System.in.read() >= 0) {
            SESSIONS.size();
        }
    }

    private static long block(String name) throws Throwable {
        long block = (long) RawMemory.ALLOCATE.invokeExact(200L);
        RawMemory.FILL.invokeExact(block, 200L, (byte) 0);
        System.out.println(name + " " + "0x" + Long.toHexString(block));
        return block;
    }

    private static Session session() throws ReflectiveOperationException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(300);
        System.out.println("buffer " + address(buffer));
        return new Session(buffer, new HoldingProgram());
    }

    private static long chain() throws Throwable {
        long inner = block("inner");
        long middle = block("middle");
        long outer = block("outer");
        RawMemory.PUT.invokeExact(middle + 16, inner + 8);
        RawMemory.PUT.invokeExact(outer + 24, middle);
        return outer;
    }

    private static void weak() throws ReflectiveOperationException {
        ByteBuffer weakly = ByteBuffer.allocateDirect(300);
        System.out.println("weak " + address(weakly));
        weak = List.of(new WeakReference<>(weakly));
    }

    private static void drop() throws Throwable {
        block("dropped");
    }

    private static String address(ByteBuffer buffer) throws ReflectiveOperationException {
        Field field = java.nio.Buffer.class.getDeclaredField("address");
        field.setAccessible(true);
        return "0x" + Long.toHexString(field.getLong(buffer));
    }
}
