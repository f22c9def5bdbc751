// SPDX-License-Identifier: Apache-2.0
package dev.heldby.junit.inner;

import dev.heldby.junit.HeldByExtension;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** While a thread waits for the watched class's tests it may run the unwatched class, which leaks. */
@Execution(ExecutionMode.CONCURRENT)
class Lent {
    private static final List<ByteBuf> CACHE = Collections.synchronizedList(new ArrayList<>());
    private static final CountDownLatch LEAKED = new CountDownLatch(2);

    private static void leak() {
        CACHE.add(Leaks.buffer());
        LEAKED.countDown();
    }

    @Nested
    @ExtendWith(HeldByExtension.class)
    @Execution(ExecutionMode.CONCURRENT)
    class Watched {
        @Test
        void waits() throws InterruptedException {
            LEAKED.await(1, TimeUnit.SECONDS);
        }

        @Test
        void waitsToo() throws InterruptedException {
            LEAKED.await(1, TimeUnit.SECONDS);
        }
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Unwatched {
        @Test
        void holds() {
            leak();
        }

        @Test
        void holdsToo() {
            leak();
        }
    }
}
