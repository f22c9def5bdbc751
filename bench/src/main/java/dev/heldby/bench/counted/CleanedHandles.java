// SPDX-License-Identifier: Apache-2.0
package dev.heldby.bench.counted;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicLong;

/** Closed by a cleaner, here by hand and at once: what the registration of a handle costs. */
final class CleanedHandles implements HandleWork {
    private static final Cleaner CLEANER = Cleaner.create();

    private final AtomicLong closed = new AtomicLong();

    private static final class Handle {
        private final long number;
        private final Cleaner.Cleanable cleanable;

        Handle(long number, AtomicLong closed) {
            this.number = number;
            cleanable = CLEANER.register(this, closed::incrementAndGet);
        }

        long read() {
            return number;
        }
    }

    @Override
    public long life(int times) {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            Handle handle = new Handle(i, closed);
            try {
                sum += handle.read();
            } finally {
                handle.cleanable.clean();
            }
        }
        return sum;
    }

    @Override
    public long handOver(int times) {
        throw new UnsupportedOperationException("A cleaner counts nothing.");
    }

    @Override
    public void store(int times) {
        throw new UnsupportedOperationException("A cleaner counts nothing.");
    }

    @Override
    public long closed() {
        return closed.get();
    }
}
