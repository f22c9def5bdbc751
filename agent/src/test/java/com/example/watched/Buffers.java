// SPDX-License-Identifier: Apache-2.0
package com.example.watched;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultFileRegion;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes one counted object of each kind that Netty has, and releases, drops or keeps it, as its argument says. */
public final class Buffers {
    private static final List<ReferenceCounted> KEPT = new ArrayList<>();
    private static final ByteBufAllocator POOLED = PooledByteBufAllocator.DEFAULT;
    private static final ByteBufAllocator UNPOOLED = UnpooledByteBufAllocator.DEFAULT;
    private static final ByteBufAllocator ADAPTIVE = new AdaptiveByteBufAllocator();

    /** The kinds, with how many lives each is and how many bytes they have together. */
    public enum Kind {
        POOLED_HEAP(1, 100, Buffers::pooledHeap),
        POOLED_DIRECT(1, 100, Buffers::pooledDirect),
        POOLED_HUGE(1, 20_000_000, Buffers::pooledHuge),
        UNPOOLED_HEAP(1, 100, Buffers::unpooledHeap),
        UNPOOLED_DIRECT(1, 100, Buffers::unpooledDirect),
        ADAPTIVE_HEAP(1, 100, Buffers::adaptiveHeap),
        ADAPTIVE_DIRECT(1, 100, Buffers::adaptiveDirect),
        ADAPTIVE_HUGE(1, 20_000_000, Buffers::adaptiveHuge),
        COMPOSITE(2, 100, Buffers::composite),
        FIXED_COMPOSITE(3, 60, Buffers::fixedComposite),
        RETAINED_SLICE(2, 100, Buffers::retainedSlice),
        RETAINED_DUPLICATE(2, 100, Buffers::retainedDuplicate),
        UNPOOLED_RETAINED_SLICE(1, 100, Buffers::unpooledRetainedSlice),
        SLICE(1, 100, Buffers::slice),
        DUPLICATE(1, 100, Buffers::duplicate),
        READ_ONLY(1, 100, Buffers::readOnly),
        ORDERED(1, 100, Buffers::ordered),
        WRAPPED_ARRAY(1, 50, Buffers::wrappedArray),
        WRAPPED_DIRECT(1, 50, Buffers::wrappedDirect),
        WRAPPED_READ_ONLY(1, 0, Buffers::wrappedReadOnly),
        COPIED(1, 50, Buffers::copied),
        GROWN(1, 5_000, Buffers::grown),
        ENCODED(1, 15, Buffers::encoded),
        FILE_REGION(1, 0, Buffers::fileRegion),
        OF_THE_USER(1, 0, Buffers::ofTheUser),
        UNRELEASABLE(0, 0, Buffers::unreleasable),
        THREAD_LOCAL(0, 0, Buffers::threadLocal),
        EMPTY(0, 0, Buffers::empty),
        FAILED_UNPOOLED(0, 0, Buffers::failedUnpooled),
        FAILED_POOLED(0, 0, Buffers::failedPooled);

        public final int lives;
        public final long bytes;
        final Making making;

        Kind(int lives, long bytes, Making making) {
            this.lives = lives;
            this.bytes = bytes;
            this.making = making;
        }

        /** The method of this class that makes it. */
        public String method() {
            String[] words = name().toLowerCase(java.util.Locale.ROOT).split("_");
            StringBuilder method = new StringBuilder(words[0]);
            for (int i = 1; i < words.length; i++) {
                method.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
            }
            return method.toString();
        }
    }

    /** Makes an object that gives all of it back when it is released once, or null. */
    private interface Making {
        ReferenceCounted make();
    }

    private Buffers() {}

    public static void main(String[] args) {
        for (Kind kind : Kind.values()) {
            ReferenceCounted made = kind.making.make();
            if (made == null) {
                continue;
            }
            switch (args[0]) {
                case "release" -> release(made);
                case "keep" -> KEPT.add(made);
                case "drop" -> {}
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
        if (args[0].equals("release")) {
            reuse();
        }
    }

    private static void release(ReferenceCounted made) {
        made.retain();
        made.touch("on its way");
        made.release();
        if (!made.release()) {
            throw new AssertionError(made + " is still held");
        }
    }

    /* Pooled objects come back: each use is a life of its own. */
    private static void reuse() {
        for (ByteBufAllocator allocator : List.of(POOLED, ADAPTIVE)) {
            for (int i = 0; i < 1000; i++) {
                ByteBuf buffer = allocator.directBuffer(100);
                ByteBuf slice = buffer.retainedSlice();
                buffer.release();
                slice.release();
            }
        }
    }

    private static ReferenceCounted pooledHeap() {
        return POOLED.heapBuffer(100);
    }

    private static ReferenceCounted pooledDirect() {
        return POOLED.directBuffer(100);
    }

    private static ReferenceCounted pooledHuge() {
        return POOLED.directBuffer(20_000_000);
    }

    private static ReferenceCounted unpooledHeap() {
        return UNPOOLED.heapBuffer(100);
    }

    private static ReferenceCounted unpooledDirect() {
        return UNPOOLED.directBuffer(100);
    }

    private static ReferenceCounted adaptiveHeap() {
        return ADAPTIVE.heapBuffer(100);
    }

    private static ReferenceCounted adaptiveDirect() {
        return ADAPTIVE.directBuffer(100);
    }

    private static ReferenceCounted adaptiveHuge() {
        return ADAPTIVE.directBuffer(20_000_000);
    }

    private static ReferenceCounted composite() {
        CompositeByteBuf composite = POOLED.compositeBuffer();
        return composite.addComponent(true, POOLED.directBuffer(100).writeZero(100));
    }

    private static ReferenceCounted fixedComposite() {
        return Unpooled.wrappedUnmodifiableBuffer(
                UNPOOLED.heapBuffer(20).writeZero(20), UNPOOLED.heapBuffer(40).writeZero(40));
    }

    private static ReferenceCounted retainedSlice() {
        ByteBuf buffer = POOLED.directBuffer(100).writeZero(100);
        ByteBuf slice = buffer.retainedSlice(10, 20);
        buffer.release();
        return slice;
    }

    private static ReferenceCounted retainedDuplicate() {
        ByteBuf buffer = POOLED.directBuffer(100);
        ByteBuf duplicate = buffer.retainedDuplicate();
        buffer.release();
        return duplicate;
    }

    private static ReferenceCounted unpooledRetainedSlice() {
        ByteBuf buffer = UNPOOLED.directBuffer(100).writeZero(100);
        ByteBuf slice = buffer.retainedSlice(10, 20);
        buffer.release();
        return slice;
    }

    private static ReferenceCounted slice() {
        return POOLED.directBuffer(100).writeZero(100).slice(10, 20);
    }

    private static ReferenceCounted duplicate() {
        return UNPOOLED.heapBuffer(100).duplicate();
    }

    private static ReferenceCounted readOnly() {
        return POOLED.heapBuffer(100).asReadOnly();
    }

    @SuppressWarnings("deprecation")
    private static ReferenceCounted ordered() {
        return POOLED.heapBuffer(100).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    private static ReferenceCounted wrappedArray() {
        return Unpooled.wrappedBuffer(new byte[50]);
    }

    private static ReferenceCounted wrappedDirect() {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(50));
    }

    private static ReferenceCounted wrappedReadOnly() {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(50).asReadOnlyBuffer());
    }

    private static ReferenceCounted copied() {
        return Unpooled.copiedBuffer(new byte[50]);
    }

    private static ReferenceCounted grown() {
        return UNPOOLED.heapBuffer(10).capacity(5_000);
    }

    private static ReferenceCounted encoded() {
        return ByteBufUtil.encodeString(UNPOOLED, CharBuffer.wrap("hello"), StandardCharsets.UTF_8);
    }

    private static ReferenceCounted fileRegion() {
        return new DefaultFileRegion(new File("no such file"), 0, 10);
    }

    private static ReferenceCounted ofTheUser() {
        return new Counted();
    }

    private static ReferenceCounted unreleasable() {
        Unpooled.unreleasableBuffer(POOLED.directBuffer(100));
        return null;
    }

    private static ReferenceCounted threadLocal() {
        ByteBuf buffer = ByteBufUtil.threadLocalDirectBuffer();
        if (buffer != null) {
            buffer.writeZero(10).release();
        }
        return null;
    }

    private static ReferenceCounted empty() {
        POOLED.directBuffer(0, 0);
        return null;
    }

    private static ReferenceCounted failedUnpooled() {
        return failed(UNPOOLED);
    }

    private static ReferenceCounted failedPooled() {
        return failed(POOLED);
    }

    /* The JVM is run with little direct memory. */
    private static ReferenceCounted failed(ByteBufAllocator allocator) {
        try {
            allocator.directBuffer(200_000_000);
            throw new AssertionError("there was memory enough");
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    private static final class Counted extends AbstractReferenceCounted {
        @Override
        protected void deallocate() {}

        @Override
        public ReferenceCounted touch(Object hint) {
            return this;
        }
    }
}
