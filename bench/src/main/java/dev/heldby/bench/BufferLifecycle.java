// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One life of a Netty buffer: allocate 256 direct bytes, four times retain and release, release.
 *
 * <p>The same code runs under every {@link Detector}; only the JVM's arguments differ. The recursion that makes the stack
 * deep is paid once for many lives.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BufferLifecycle {
    private static final int LIVES = 1000;

    /** Frames under the one that works on the buffer. */
    @Param({"10", "60"})
    int depth;

    @Param({"pooled", "adaptive"})
    String allocator;

    private ByteBufAllocator buffers;

    /** Makes the allocator. */
    @Setup
    public void allocator() {
        buffers = allocator.equals("pooled") ? PooledByteBufAllocator.DEFAULT : new AdaptiveByteBufAllocator();
    }

    /** Bytes readable at the end, so that nothing is optimised away. */
    @Benchmark
    @OperationsPerInvocation(LIVES)
    public int live() {
        return deeper(depth);
    }

    private int deeper(int frames) {
        return frames == 0 ? manyLives() : deeper(frames - 1);
    }

    private int manyLives() {
        int sum = 0;
        for (int i = 0; i < LIVES; i++) {
            sum += oneLife(buffers.directBuffer(256));
        }
        return sum;
    }

    private static int oneLife(ByteBuf buffer) {
        for (int i = 0; i < 4; i++) {
            buffer.retain();
            buffer.release();
        }
        int left = buffer.refCnt();
        buffer.release();
        return left;
    }
}
