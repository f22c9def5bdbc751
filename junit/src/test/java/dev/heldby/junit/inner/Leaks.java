// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import dev.heldby.junit.AllowedLeak;
import dev.heldby.junit.HeldByExtension;
import dev.heldby.junit.LeakCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(HeldByExtension.class)
@LeakCheck(waitMillis = 50)
class Leaks {
    private static final List<ByteBuf> CACHE = new ArrayList<>();

    /** Of the same class on every JDK. */
    static ByteBuf buffer() {
        return UnpooledByteBufAllocator.DEFAULT.compositeHeapBuffer();
    }

    @Test
    void releases() {
        buffer().release();
    }

    @Test
    void holds() {
        CACHE.add(buffer());
    }

    @Test
    void drops() {
        buffer();
    }

    @Test
    @LeakCheck
    void releasesLaterElsewhere() {
        ByteBuf buffer = buffer();
        CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(buffer::release);
    }

    @Test
    void releasesTooLate() {
        ByteBuf buffer = buffer();
        CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS).execute(buffer::release);
    }

    @Test
    void leaksOnItsOwnThread() throws InterruptedException {
        Thread thread = new Thread(() -> CACHE.add(buffer()));
        thread.start();
        thread.join();
    }

    @Test
    void swallowsSurplusRelease() {
        ByteBuf buffer = buffer();
        buffer.release();
        releaseOnceMore(buffer);
    }

    private static void releaseOnceMore(ByteBuf buffer) {
        try {
            buffer.release();
        } catch (IllegalReferenceCountException e) {
            // As a program that logs it and goes on.
        }
    }

    @Test
    void swallowsLapsedUse() {
        ByteBuf buffer = buffer();
        buffer.release();
        try {
            buffer.readByte();
        } catch (IllegalReferenceCountException e) {
            // As a program that logs it and goes on.
        }
    }

    @Test
    @LeakCheck(refusedCalls = false)
    void releasesTwiceOnPurpose() {
        ByteBuf buffer = buffer();
        buffer.release();
        releaseOnceMore(buffer);
    }

    @Test
    @LeakCheck(enabled = false)
    void isUnchecked() {
        CACHE.add(buffer());
    }

    @Test
    void failsAndHolds() {
        CACHE.add(buffer());
        throw new IllegalStateException("the test's own failure");
    }

    @Test
    void leaksTwice() {
        CACHE.add(buffer());
        CACHE.add(UnpooledByteBufAllocator.DEFAULT.directBuffer(64));
    }

    @Test
    @AllowedLeak(type = "io.netty.buffer.CompositeByteBuf", reason = "it is a test")
    void holdsAsAllowed() {
        CACHE.add(buffer());
    }

    @Test
    @AllowedLeak(type = "CompositeByteBuf", max = 1, reason = "it is a test")
    void holdsMoreThanAllowed() {
        CACHE.add(buffer());
        CACHE.add(buffer());
    }

    @Test
    @AllowedLeak(type = "PooledSlicedByteBuf", reason = "it is a test")
    @AllowedLeak(type = "CompositeByteBuf", reason = "it is a test")
    void doesNotHoldAllThatIsAllowed() {
        CACHE.add(buffer());
    }

    @Test
    void loadsAClassWithAStaticBuffer() {
        Constants.BUFFER.readableBytes();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isGiven(boolean release) {
        ByteBuf buffer = buffer();
        if (release) {
            buffer.release();
        } else {
            CACHE.add(buffer);
        }
    }
}
