// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import dev.heldby.block.BlockEvents;
import dev.heldby.block.BlockProbes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Allocates off-heap memory in every way there is, and tells what was reported of it. */
public final class OffHeap implements BlockEvents {
    private static final int THREADS = 4;
    private static final int ROUNDS = 100_000;

    private final Map<Long, Long> blocks = new ConcurrentHashMap<>();
    private final AtomicLong allocated = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private volatile boolean missed;
    private boolean quiet;

    @Override
    public void allocated(long address, long size, int rule) {
        allocated.incrementAndGet();
        if (blocks.put(address, size) != null && !missed) {
            wrong.incrementAndGet();
        }
    }

    @Override
    public long freed(long address) {
        Long size = blocks.remove(address);
        return size == null ? UNKNOWN : size;
    }

    @Override
    public void missed() {
        missed = true;
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
        quiet = true;
        each();
        quiet = false;
    }

    private void each() throws Exception {
        unsafe("unsafe");
        direct("buffer");
        netty("netty");
        if (Runtime.version().feature() >= 22) {
            arena("confined arena", "ofConfined");
            arena("shared arena", "ofShared");
        }
    }

    private void tell(String what) {
        if (!quiet) {
            System.out.println(what + " " + blocks.values().stream().sorted().toList());
        }
    }

    private void unsafe(String name) {
        long address = RawMemory.allocate(1003);
        tell(name);
        address = RawMemory.reallocate(address, 2005);
        tell(name + " reallocated");
        try {
            RawMemory.reallocate(address, Long.MAX_VALUE / 2);
        } catch (OutOfMemoryError e) {
            tell(name + " not reallocated");
        }
        long empty = RawMemory.reallocate(address, 0);
        RawMemory.free(empty);
        tell(name + " freed");
    }

    private void direct(String name) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(3001);
        tell(name);
        RawMemory.clean(buffer);
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
        Set<Long> kept = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> churn(kept));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("allocated often " + (allocated.get() > ROUNDS) + ", kept " + kept.equals(blocks.keySet()));
    }

    /** Allocates, reallocates and frees at random, so that threads get each other's addresses; keeps some. */
    private static void churn(Set<Long> kept) {
        long[] held = new long[64];
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < ROUNDS; i++) {
            int slot = random.nextInt(held.length);
            if (held[slot] == 0) {
                held[slot] = RawMemory.allocate(1 + random.nextInt(64));
            } else if (random.nextInt(4) == 0) {
                held[slot] = RawMemory.reallocate(held[slot], 1 + random.nextInt(64));
            } else {
                RawMemory.free(held[slot]);
                held[slot] = 0;
            }
        }
        Arrays.stream(held).filter(address -> address != 0).forEach(kept::add);
    }

    /** Allocates and frees at every depth until the stack is full. */
    private void recursion() {
        int deepest = 0;
        for (int i = 0; i < 50; i++) {
            deepest = Math.max(deepest, descend(0));
        }
        System.out.println("deep " + (deepest > 100) + ", left " + blocks.size());
    }

    private int descend(int depth) {
        try {
            RawMemory.free(RawMemory.allocate(24));
            return descend(depth + 1);
        } catch (StackOverflowError e) {
            return depth;
        }
    }
}
