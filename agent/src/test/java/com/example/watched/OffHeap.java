// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import dev.heldby.block.BlockEvents;
import dev.heldby.block.BlockProbes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import sun.misc.Unsafe;

/** Allocates off-heap memory in every way there is, and tells what was reported of it. */
@SuppressWarnings("deprecation") // sun.misc.Unsafe, which is what many programs still use.
public final class OffHeap implements BlockEvents {
    private static final Unsafe UNSAFE = unsafe();
    private static final int THREADS = 4;
    private static final int ROUNDS = 100_000;

    private final Map<Long, Long> blocks = new ConcurrentHashMap<>();
    private final AtomicLong allocated = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();

    @Override
    public void allocated(long address, long size) {
        allocated.incrementAndGet();
        if (blocks.putIfAbsent(address, size) != null) {
            wrong.incrementAndGet();
        }
    }

    @Override
    public long freed(long address) {
        Long size = blocks.remove(address);
        return size == null ? UNKNOWN : size;
    }

    public static void main(String[] args) throws Exception {
        OffHeap reported = new OffHeap();
        reported.warmUp();
        BlockProbes.door().open(reported);
        switch (args[0]) {
            case "each" -> reported.each();
            case "threads" -> reported.threads();
            case "recursion" -> reported.recursion();
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println(
                "wrong " + reported.wrong + ", missed " + BlockProbes.door().missed());
    }

    /* So that what classes allocate for good when they are loaded is not among the blocks. */
    private void warmUp() throws Exception {
        each();
        System.out.println("warm");
    }

    private void each() throws Exception {
        unsafe("sun.misc.Unsafe");
        direct("direct buffer");
        netty("netty, without cleaner");
        if (Runtime.version().feature() >= 22) {
            arena("confined arena", "ofConfined");
            arena("shared arena", "ofShared");
        }
    }

    private void tell(String what) {
        System.out.println(what + " " + blocks.values().stream().sorted().toList());
    }

    private void unsafe(String name) {
        long address = UNSAFE.allocateMemory(1003);
        tell(name);
        address = UNSAFE.reallocateMemory(address, 2005);
        tell(name + " reallocated");
        try {
            UNSAFE.reallocateMemory(address, Long.MAX_VALUE / 2);
        } catch (OutOfMemoryError e) {
            tell(name + " not reallocated");
        }
        long empty = UNSAFE.reallocateMemory(address, 0);
        UNSAFE.freeMemory(empty);
        tell(name + " freed");
    }

    private void direct(String name) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(3001);
        tell(name);
        Method clean = Unsafe.class.getMethod("invokeCleaner", ByteBuffer.class);
        clean.invoke(UNSAFE, buffer);
        tell(name + " freed");
    }

    private void netty(String name) {
        ByteBuf buffer = new UnpooledByteBufAllocator(true, true, true).directBuffer(4007);
        buffer.writeLong(1);
        tell(name);
        buffer.capacity(5009);
        tell(name + " reallocated");
        buffer.release();
        tell(name + " freed");
    }

    private void arena(String name, String factory) throws Exception {
        Class<?> type = Class.forName("java.lang.foreign.Arena");
        try (AutoCloseable arena = (AutoCloseable) type.getMethod(factory).invoke(null)) {
            type.getMethod("allocate", long.class, long.class).invoke(arena, 6001L, 1L);
            tell(name);
        }
        tell(name + " freed");
    }

    private void threads() throws Exception {
        List<Thread> threads = new ArrayList<>();
        AtomicLong kept = new AtomicLong();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> kept.addAndGet(churn()));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("allocated " + allocated + ", kept " + (kept.get() == blocks.size()));
    }

    /** Allocates, reallocates and frees at random, so that threads get each other's addresses; keeps some. */
    private static int churn() {
        long[] held = new long[64];
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < ROUNDS; i++) {
            int slot = random.nextInt(held.length);
            if (held[slot] == 0) {
                held[slot] = UNSAFE.allocateMemory(1 + random.nextInt(64));
            } else if (random.nextInt(4) == 0) {
                held[slot] = UNSAFE.reallocateMemory(held[slot], 1 + random.nextInt(64));
            } else {
                UNSAFE.freeMemory(held[slot]);
                held[slot] = 0;
            }
        }
        int kept = 0;
        for (long address : held) {
            kept += address == 0 ? 0 : 1;
        }
        return kept;
    }

    /** Allocates and frees at every depth until the stack is full. */
    private void recursion() {
        int deepest = 0;
        for (int i = 0; i < 50; i++) {
            deepest = Math.max(deepest, descend(0));
        }
        System.out.println("deep " + (deepest > 100) + ", kept " + blocks.size());
    }

    private int descend(int depth) {
        try {
            UNSAFE.freeMemory(UNSAFE.allocateMemory(24));
            return descend(depth + 1);
        } catch (StackOverflowError e) {
            return depth;
        }
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
