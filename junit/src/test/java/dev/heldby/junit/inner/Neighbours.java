// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import dev.heldby.junit.HeldByExtension;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two tests that run at one time. */
@ExtendWith(HeldByExtension.class)
@Execution(ExecutionMode.CONCURRENT)
class Neighbours {
    private static final List<ByteBuf> CACHE = Collections.synchronizedList(new ArrayList<>());
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    private static void meet() throws Exception {
        BOTH.await(20, TimeUnit.SECONDS);
    }

    @Test
    void leaks() throws Exception {
        meet();
        CACHE.add(Leaks.buffer());
        Thread thread = new Thread(() -> CACHE.add(Leaks.buffer()));
        thread.start();
        thread.join();
        meet();
        meet();
    }

    @Test
    void isInnocent() throws Exception {
        meet();
        ByteBuf buffer = Leaks.buffer();
        meet();
        ForkJoinPool.commonPool().submit(() -> CACHE.add(Leaks.buffer())).get();
        buffer.release();
        meet();
    }
}
